"""What callers experience who wait in a queue, by a compiled customer queue flow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from contactflow.compile import DocumentError, Offer, compile_ivr
from contactflow.model import Flow
from contactflow.run import ContactState, Effect
from contactflow.run import effects as fx
from tests.flows.sample import RESOURCES, Host, both, compiled, waiting

CALLBACK = Offer("callback", 60, both("callback?"), "1")
VOICEMAIL = Offer("voicemail", 100, both("voicemail?"), "2")
MUSIC = "arn:prompt:hello"


class Waiting:
    """A caller who waits for a number of stretches, with the seconds that have passed at each thing heard."""

    def __init__(
        self,
        flow: Flow,
        *,
        keys: Iterator[str | None] | None = None,
        stretches: int = 8,
        positions: tuple[int | None, ...] = (),
        attributes: dict[str, str] | None = None,
        refuse: tuple[type[Effect], ...] = (),
        **contact: Any,
    ) -> None:
        self.clock = 0.0
        self.heard: list[tuple[float, str]] = []
        self.left = stretches
        self.positions = list(positions)
        self.refuse = refuse
        state = ContactState(
            "contact-1",
            customer_address=contact.pop("address", "+15550100"),
            queue_arn="arn:queue:orders",
            queue_name="orders",
            attributes={"language": "en", **(attributes or {})},
        )
        self.host = Host(flow, contact=state, keys=list(keys or ()), answer=self.answer)
        self.ending = self.host.run()

    def answer(self, effect: Effect) -> fx.Result | None:
        if isinstance(effect, self.refuse):
            return fx.Failed("refused", "InvalidCallbackNumber" if isinstance(effect, fx.SetCallbackNumber) else None)
        match effect:
            case fx.PlayLoop():
                return self.play(effect)
            case fx.GetMetrics():
                position = self.positions.pop(0) if self.positions else None
                return fx.Metrics({"Contact": {"PositionInQueue": position}} if position else {})
            case fx.Collect(prompt=prompt) | (fx.Say() as prompt):
                self.heard.append((self.clock, prompt.text or ""))
        return None

    def play(self, effect: fx.PlayLoop) -> fx.Result:
        self.heard.append((self.clock, " ".join(say.text for say in effect.messages if say.text)))
        self.left -= 1
        if effect.interrupt_after_seconds is None or self.left < 0:
            return fx.Dequeued()
        self.clock += effect.interrupt_after_seconds
        return fx.Interrupted()

    def when(self, words: str) -> list[float]:
        return [moment for moment, text in self.heard if words in text]


def flow(**changes: Any) -> Flow:
    return compiled(waiting(**changes))["queue_treatment"]


def test_message_is_repeated_at_the_author_s_times_with_music_between() -> None:
    caller = Waiting(flow(music="hello"), stretches=3)
    assert caller.when("wait (en)") == [0, 30, 60, 90]
    played = caller.host.asked(fx.PlayLoop)[0].messages
    assert [say.prompt_id for say in played] == [None, MUSIC, MUSIC, MUSIC]
    assert caller.ending == fx.End("dequeued")


def test_message_without_anything_that_changes_is_repeated_by_the_service_itself() -> None:
    effects = Waiting(flow()).host.asked(fx.PlayLoop)
    assert [effect.interrupt_after_seconds for effect in effects] == [None]


def test_position_is_said_with_each_message_as_long_as_it_is_known() -> None:
    caller = Waiting(flow(position=both("number {position}!")), positions=(3, 2, None), stretches=2)
    assert [text for _, text in caller.heard] == [
        "number 3! (en) wait (en)",
        "number 2! (en) wait (en)",
        "wait (en)",
    ]


def test_wait_goes_on_where_the_position_cannot_be_read() -> None:
    caller = Waiting(flow(position=both("{position}")), refuse=(fx.GetMetrics,), stretches=1)
    assert caller.when("wait (en)") == [0, 30]


@pytest.mark.parametrize(("minutes", "heard"), [("2", ["about 2 (en)"]), ("0", []), ("", [])])
def test_expected_wait_is_said_once_where_there_is_one(minutes: str, heard: list[str]) -> None:
    told = flow(expected_wait=both("about {minutes}"))
    caller = Waiting(told, attributes={"expected_wait_minutes": minutes})
    assert [text for _, text in caller.heard if text.startswith("about")] == heard


def test_routing_keeps_the_expected_minutes_only_where_they_are_said() -> None:
    for document, kept in ((waiting(), False), (waiting(expected_wait=both("{minutes}")), True)):
        action = compiled(document)["inbound"].by_identifier["route-attributes"]
        assert ("expected_wait_minutes" in (action.parameters or {})["Attributes"]) is kept


def test_offers_come_when_their_time_has_come() -> None:
    caller = Waiting(flow(music="hello", offers=(CALLBACK, VOICEMAIL)), stretches=6)
    assert caller.when("callback?") == [60]
    assert caller.when("voicemail?") == [100]
    assert caller.when("wait (en)") == [0, 30, 60, 100, 130, 160, 190]


@pytest.mark.parametrize(
    ("after", "messages"),
    [
        (20, [0, 20]),
        (30, [0, 30]),
        (59, [0, 59]),
        (60, [0, 30, 60]),
        (100, [0, 30, 60, 100]),
        (300, [*range(0, 301, 30)]),
    ],
)
def test_offer_at_any_time_cuts_no_message_short(after: int, messages: list[float]) -> None:
    offer = Offer("voicemail", after, both("voicemail?"), "2")
    caller = Waiting(flow(offers=(offer,)), stretches=12)
    assert caller.when("voicemail?") == [after]
    assert [moment for moment in caller.when("wait (en)") if moment <= after] == messages


@pytest.mark.parametrize("key", [None, "9"])
def test_caller_who_does_not_take_an_offer_waits_on(key: str | None) -> None:
    caller = Waiting(flow(offers=(CALLBACK,)), keys=iter([key]), stretches=5)
    assert caller.ending == fx.End("dequeued")
    assert caller.host.asked(fx.CreateCallback) == []


def call_back(keys: list[str | None], **options: Any) -> Waiting:
    return Waiting(flow(offers=(CALLBACK,)), keys=iter(keys), **options)


def test_callback_to_the_caller_s_own_number() -> None:
    caller = call_back(["1", "1"])
    assert [text for _, text in caller.heard[2:]] == [
        "callback?" + " (en)",
        "own number +15550100 (en)",
        "callback agreed (en)",
    ]
    created = caller.host.asked(fx.CreateCallback)[0]
    assert (created.number, created.queue_arn) == ("+15550100", "arn:queue:orders")
    assert (created.initial_delay_seconds, created.max_attempts, created.retry_delay_seconds) == (5, 2, 600)
    assert caller.host.contact.attributes["callback"] == "true"
    assert caller.ending == fx.Disconnect("flow")


def test_callback_to_another_number() -> None:
    caller = call_back(["1", "2", "2065550199"])
    assert caller.host.asked(fx.SetCallbackNumber)[-1].number.endswith("2065550199")
    assert len(caller.host.asked(fx.CreateCallback)) == 1


def test_caller_whose_own_number_cannot_be_called_is_asked_for_another() -> None:
    caller = call_back(["1", "1", None], refuse=(fx.SetCallbackNumber,))
    assert "other number (en)" in [text for _, text in caller.heard]
    assert caller.host.asked(fx.CreateCallback) == []


def test_number_that_is_none_is_asked_for_once_more_and_then_the_caller_waits_on() -> None:
    caller = call_back(["1", "2", "12", "13"], stretches=4)
    assert [text for _, text in caller.heard].count("invalid (en)") == 2
    assert caller.ending == fx.End("dequeued")


@pytest.mark.parametrize("key", [None, "7"])
def test_callback_that_is_not_confirmed_is_not_made(key: str | None) -> None:
    caller = call_back(["1", key], stretches=4)
    assert caller.host.asked(fx.CreateCallback) == []
    assert caller.ending == fx.End("dequeued")


def test_caller_whose_callback_cannot_be_made_waits_on() -> None:
    caller = call_back(["1", "1"], refuse=(fx.CreateCallback,), stretches=4)
    assert caller.ending == fx.End("dequeued")
    assert "callback" not in caller.host.contact.attributes


def test_message_left_from_the_queue_is_for_the_queue_that_the_caller_waits_in() -> None:
    caller = Waiting(flow(offers=(VOICEMAIL,)), keys=iter(["2", "#"]))
    assert caller.host.contact.attributes["voicemail"] == "orders"
    assert caller.host.asked(fx.SetRecording) == [fx.SetRecording(False, (), ivr=True)]
    assert caller.heard[-1][1] == "message thanks (en)"
    assert caller.ending == fx.Disconnect("flow")


def test_everything_is_said_in_the_caller_s_language() -> None:
    everything = flow(position=both("{position}"), expected_wait=both("{minutes}"), offers=(CALLBACK, VOICEMAIL))
    attributes = {"language": "ko", "expected_wait_minutes": "3"}
    caller = Waiting(everything, keys=iter(["1", "1"]), attributes=attributes, positions=(1,) * 9)
    assert all("(ko)" in text and "(en)" not in text for _, text in caller.heard)


def test_caller_may_hang_up_or_be_answered_at_every_step() -> None:
    everything = flow(music="hello", position=both("{position}"), offers=(CALLBACK, VOICEMAIL))
    for leave in (fx.Hangup(), fx.Dequeued()):
        for stop in range(12):
            left = iter(range(stop, -1, -1))
            contact = ContactState("c", customer_address="+15550100", queue_arn="q", queue_name="q")

            def answer(effect: Effect, left: Iterator[int] = left, leave: fx.Result = leave) -> fx.Result | None:
                if not next(left, 0):
                    return leave
                return (
                    fx.Interrupted()
                    if isinstance(effect, fx.PlayLoop)
                    else fx.Metrics({})
                    if isinstance(effect, fx.GetMetrics)
                    else None
                )

            assert isinstance(
                Host(everything, contact=contact, keys=["1", "2", "2065550199"], answer=answer).run(), fx.End
            )


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"offers": (VOICEMAIL, CALLBACK)}, "ivr.queue_treatment.offers[1].after_seconds"),
        ({"offers": (Offer("callback", 60, {"en": "x"}, "1"),)}, "ivr.queue_treatment.offers[0].callback.ko"),
        ({"offers": (Offer("callback", 60, both("x"), "12"),)}, "ivr.queue_treatment.offers[0].key.12"),
    ],
)
def test_treatment_that_is_not_whole_is_refused_with_its_key_path(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(DocumentError) as caught:
        compile_ivr(waiting(**changes), RESOURCES)
    assert caught.value.path == path
