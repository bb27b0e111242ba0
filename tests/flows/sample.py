"""A small shop's IVR, with made-up ARNs, and a host that plays a scripted caller."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from contactflow.compile import (
    Answer,
    Callback,
    Input,
    InputKey,
    IvrDocument,
    IvrResources,
    Language,
    LanguageMenu,
    Menu,
    Option,
    QueueTreatment,
    Survey,
    ToAnswer,
    ToMenu,
    ToQueue,
    ToSay,
    ToTransfer,
    ToVoicemail,
    Transfer,
    Verification,
    Voicemail,
    compile_ivr,
)
from contactflow.model import Flow
from contactflow.run import ContactState, Effect, Session
from contactflow.run import effects as fx


def both(text: str) -> dict[str, str]:
    return {"en": f"{text} (en)", "ko": f"{text} (ko)"}


MAIN = Menu(
    "main",
    both("main menu"),
    (
        Option("1", ToQueue("orders")),
        Option("3", ToMenu("technical")),
        Option("4", ToAnswer("order_status")),
    ),
    ToQueue("orders"),
    timeout_seconds=5,
    retries=2,
)
TECHNICAL = Menu(
    "technical",
    both("technical menu"),
    (Option("1", ToQueue("muscle_cars")), Option("2", ToQueue("technical"))),
    ToQueue("technical"),
    retries=1,
)
DOCUMENT = IvrDocument(
    languages=(Language("en", "en-US", "Joanna"), Language("ko", "ko-KR", "Seoyeon")),
    greeting=both("greeting"),
    entry="main",
    menus=(MAIN, TECHNICAL),
    closed=both("closed"),
    unavailable=both("unavailable"),
    invalid_choice=both("invalid"),
    recording_notice=both("recorded"),
    language_menu=LanguageMenu({"en": "English 1", "ko": "Korean 2"}, {"1": "en", "2": "ko"}, 4),
    queue_treatment=QueueTreatment(both("wait"), 30),
    survey=Survey(both("survey"), both("thanks")),
)
MODULES = {"announcement": "arn:module:announcement"}
RESOURCES = IvrResources(
    functions={
        name: f"arn:function:{name}"
        for name in (
            "identify_caller",
            "answer_question",
            "route_call",
            "record_survey",
            "check_announcement",
            "check_input",
        )
    },
    queues={key: f"arn:queue:{key}" for key in ("orders", "technical", "muscle_cars")},
    hours="hours-1",
    flows={"queue_treatment": "arn:flow:queue_treatment", "survey": "arn:flow:survey"},
    modules=dict(MODULES),
    prompts={"hold_music": "arn:prompt:hold_music", "hello": "arn:prompt:hello"},
    input_key=InputKey("key-1", "certificate"),
)


PIN = Input("pin", both("pin"), 4, encrypted=True, retries=1)
NUMBER = Input("number", both("number"), 8, confirm=both("confirm {digits}"), retries=2, invalid=both("no number"))
SERVICES = replace(
    DOCUMENT,
    menus=(
        replace(
            MAIN,
            options=(
                *MAIN.options,
                Option("5", ToAnswer("balance")),
                Option("6", ToSay(both("address"))),
                Option("7", ToTransfer("towing")),
                Option("8", ToVoicemail("technical")),
            ),
        ),
        TECHNICAL,
    ),
    inputs=(NUMBER, PIN),
    answers=(Answer("order_status", asks="number"), Answer("balance", verify="pin")),
    verification=Verification(both("wrong pin"), both("locked pin"), attempts=3),
    transfers=(Transfer("towing", "+12065550123", both("towing"), 25),),
    voicemail=Voicemail(both("leave message"), both("message thanks"), 90),
    callback=Callback(both("own number {number}"), both("other number"), both("callback agreed")),
)
"""The shop with everything that an IVR can do beside menus and queues."""


def waiting(**changes: Any) -> IvrDocument:
    """Return the shop whose callers wait differently."""
    assert SERVICES.queue_treatment is not None
    return replace(SERVICES, queue_treatment=replace(SERVICES.queue_treatment, **changes))


def compiled(document: IvrDocument = DOCUMENT, resources: IvrResources = RESOURCES) -> dict[str, Flow]:
    return {flow.name: flow.parse() for flow in compile_ivr(document, resources)}


def identified(**changes: str) -> dict[str, str]:
    known = {
        "known": "true",
        "customer_id": "c-7",
        "customer_name": "Ada",
        "language": "en",
        "vip": "false",
        "announced": str("announcement" in changes).lower(),
        "announcement": "",
    }
    return {**known, **changes}


STRANGER = identified(known="false", customer_id="", customer_name="", language="")


def routed(queue: str, priority: str = "5") -> dict[str, str]:
    return {
        "queue": queue,
        "priority": priority,
        "expected_wait_seconds": "12",
        "offer_callback": "false",
        "reasons": "fewest waiting",
    }


class Host:
    """Answers effects: functions by name, keys in order, everything else as on a good day."""

    def __init__(
        self,
        flow: Flow,
        *,
        functions: dict[str, Any] | None = None,
        keys: Iterable[str | None] = (),
        is_open: bool = True,
        queued: fx.Result | None = None,
        contact: ContactState | None = None,
        flows: dict[str, Flow] | None = None,
        answer: Callable[[Effect], fx.Result | None] | None = None,
    ) -> None:
        self.contact = contact or ContactState("contact-1", customer_address="+15550100")
        self.session = Session(flow, self.contact, flows=flows)
        self.functions = functions or {}
        self.keys = list(keys)
        self.is_open = is_open
        self.queued = queued or fx.Queued()
        self.answer = answer or (lambda effect: None)
        self.effects: list[Effect] = []

    def run(self) -> Effect:
        effect = self.session.start()
        while not isinstance(effect, fx.Ending):
            self.effects.append(effect)
            effect = self.session.resume(self.answer(effect) or self.respond(effect))
        self.effects.append(effect)
        return effect

    def respond(self, effect: Effect) -> fx.Result:
        match effect:
            case fx.InvokeFunction():
                given = self.functions.get(effect.arn.removeprefix("arn:function:"))
                value = given(effect.parameters) if callable(given) else given
                return value if isinstance(value, fx.Result) else fx.FunctionResult(value)
            case fx.Collect():
                return self.press(encrypted=effect.encryption is not None)
            case fx.CheckHours():
                return fx.InHours(self.is_open)
            case fx.QueueContact():
                return self.queued
            case fx.SetTargetQueue(queue_id=str(arn)):
                return fx.QueueSelected(arn, arn.removeprefix("arn:queue:"))
            case _:
                return fx.Dequeued() if isinstance(effect, fx.PlayLoop) else fx.Done()

    def press(self, *, encrypted: bool) -> fx.Result:
        key = self.keys.pop(0) if self.keys else None
        if key is None:
            return fx.Timeout()
        return fx.EncryptedDigits(f"secret({key})") if encrypted else fx.Digits(key)

    @property
    def said(self) -> list[str]:
        heard = []
        for effect in self.effects:
            say = effect.prompt if isinstance(effect, fx.Collect) else effect
            if isinstance(say, fx.Say):
                heard.append(say.text or say.ssml or say.prompt_id or "")
        return heard

    def asked(self, kind: type[Effect]) -> list[Any]:
        return [effect for effect in self.effects if isinstance(effect, kind)]

    @property
    def path(self) -> list[str]:
        return [step.action_id for step in self.session.trace]
