"""What may come of the actions between the caller and the line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from contactflow.explore.answers import (
    Answer,
    View,
    answer_default,
    describe_failure,
    list_comparisons,
    list_failures,
)
from contactflow.explore.memory import Memory
from contactflow.explore.values import Unknown
from contactflow.model import INPUT_TIME_LIMIT_EXCEEDED, KEYS, NO_MATCHING_CONDITION, NO_MATCHING_ERROR, stores_input
from contactflow.model.action_types.kind import INVALID_PHONE_NUMBER
from contactflow.run.effects import (
    Digits,
    Disconnect,
    Done,
    End,
    EventOccurred,
    Failed,
    Intent,
    Interrupted,
    Timeout,
)
from contactflow.run.outcomes import Compared, Failure, Finish, Next

MESSAGE_PARAMETERS = ("Text", "SSML", "PromptId")
SAYS_NOTHING = "says nothing"


def message_participant(view: View) -> Iterator[Answer]:
    """Play a message, or fail to: where there are no words, it always fails."""
    forced = is_wordless(view)
    if not forced:
        yield Answer(Next(), result=Done(), passes_time=True, speaks=True)
    failed = "the message cannot be played"
    if forced:
        yield Answer(Failure("The message is empty"), "answer", "the message is empty", passes_time=True)
        return
    for answer in list_failures(view, lambda _error: failed):
        yield Answer(answer.outcome, "failure", failed, answer.result, passes_time=True, speaks=True)


def is_wordless(view: View) -> bool:
    """Return whether an action is known to have nothing to say."""
    return view.is_empty(*MESSAGE_PARAMETERS) and not view.nested("Media", "Uri")


def message_participant_iteratively(view: View) -> Iterator[Answer]:
    """Play messages until something else happens: the time limit is the only way that the flow goes itself."""
    if view.spot.parameters.get("InterruptFrequencySeconds") or view.spot.step.conditions:
        for case in list_comparisons(view, ("MessagesInterrupted",)):
            yield Answer(
                Compared("MessagesInterrupted"),
                result=Interrupted(),
                condition=case.condition,
                passes_time=True,
                speaks=True,
            )
    yield from list_failures(view, lambda _error: "the messages cannot be played")


def get_participant_input(view: View) -> Iterator[Answer]:
    """Gather keys: those of a menu, or any that the flow stores."""
    yield from _store_input(view) if stores_input(view.spot.action) else _choose_key(view)
    words = f"the question {view.spot.place.action_id!r} cannot be asked"
    yield from list_failures(view, lambda _error: words, besides=(INVALID_PHONE_NUMBER,))


def _choose_key(view: View) -> Iterator[Answer]:
    speaks = not is_wordless(view)
    yield Answer(
        Failure("The caller pressed no key", INPUT_TIME_LIMIT_EXCEEDED),
        "silence",
        SAYS_NOTHING,
        Timeout(),
        passes_time=True,
        speaks=speaks,
    )
    conditions = [branch.condition for branch in view.spot.step.conditions]
    offered = tuple(str(condition.operands[0]) for condition in conditions if condition.operands)
    domain = tuple(dict.fromkeys((*KEYS, *offered)))
    for case in list_comparisons(view, domain):
        wrong = "" if case.condition is not None else ", which the menu does not offer"
        yield Answer(
            Compared(case.example),
            "caller",
            f"presses {case.example}{wrong}",
            Digits(str(case.example)),
            condition=case.condition,
            passes_time=True,
            speaks=speaks,
        )


def _store_input(view: View) -> Iterator[Answer]:
    speaks = not is_wordless(view)
    yield Answer(
        Next(),
        "caller",
        "enters digits",
        Digits("1234"),
        lambda memory, birth: memory.renew("StoredCustomerInput", birth),
        "StoredCustomerInput",
        passes_time=True,
        speaks=speaks,
    )
    yield Answer(
        Next(),
        "silence",
        SAYS_NOTHING,
        Timeout(),
        lambda memory, _birth: memory.assign({("StoredCustomerInput",): "Timeout"}),
        passes_time=True,
        speaks=speaks,
    )
    if view.nested("InputValidation", "PhoneNumberValidation") is not None:
        words = "enters keys that are no phone number"
        yield Answer(
            Failure(words, INVALID_PHONE_NUMBER),
            "caller",
            words,
            Digits("1"),
            lambda memory, _birth: memory.assign({("StoredCustomerInput",): "1"}),
            passes_time=True,
            speaks=speaks,
        )


def connect_participant_with_lex_bot(view: View) -> Iterator[Answer]:
    """Hand the caller to a bot, which may understand any intent, none, or be out of reach."""
    if view.is_blank(view.nested("LexV2Bot", "AliasArn")) and "LexV2Bot" in view.spot.parameters:
        yield Answer(Failure("No bot is named"), "answer", "no bot is named")
        return
    for case in list_comparisons(view):
        if case.condition is None:
            name, words = "FallbackIntent", "says something that the bot does not understand"
        else:
            name, words = str(case.example), f"says what the bot takes for {case.example}"
        yield Answer(
            Compared(name),
            "caller",
            words,
            Intent(name),
            _hear(name),
            "Lex",
            case.condition,
            passes_time=True,
            speaks=True,
        )
    silent = Failure("The caller said nothing", INPUT_TIME_LIMIT_EXCEEDED, NO_MATCHING_CONDITION)
    yield Answer(silent, "silence", SAYS_NOTHING, Timeout(), passes_time=True, speaks=True)
    yield from list_failures(view, lambda _error: "the bot cannot be reached")


def _hear(intent: str) -> Callable[[Memory, int], Memory]:
    return lambda memory, birth: memory.renew("Lex", birth).assign({("Lex", "IntentName"): intent})


def wait(view: View) -> Iterator[Answer]:
    """Let the time pass, or one of the events happen."""
    given = view.spot.parameters.get("Events")
    events = tuple(str(name) for name in given) if isinstance(given, list) else ()
    for case in list_comparisons(view, ("WaitCompleted", *events)):
        over = case.example == "WaitCompleted"
        yield Answer(
            Compared(case.example),
            "silence" if over else "caller",
            "" if over else f"{case.example} happens",
            Done() if over else EventOccurred(str(case.example)),
            condition=case.condition,
            passes_time=True,
        )
    yield from list_failures(view, lambda error: describe_failure(view, error))


def transfer_participant_to_third_party(view: View) -> Iterator[Answer]:
    """Call an outside number: it answers, or it does not."""
    if str(view.spot.parameters.get("ContinueFlowExecution", "True")).lower() == "false":
        yield Answer(Finish(End("transferred")), result=Done(), passes_time=True, speaks=True)
    else:
        yield Answer(Next(), result=Done(), passes_time=True, speaks=True)
    told = {"CallFailed": "the number called cannot be reached", "ConnectionTimeLimitExceeded": "nobody answers there"}
    for answer in list_failures(view, lambda error: told.get(error, describe_failure(view, error))):
        yield Answer(answer.outcome, "failure", answer.words, answer.result, passes_time=True)


def disconnect_participant(_view: View) -> Iterator[Answer]:
    """End the contact."""
    yield Answer(Finish(Disconnect("flow")))


def update_contact_callback_number(view: View) -> Iterator[Answer]:
    """Set the number to call back; what is known to be no number is always refused."""
    number = view.value("CallbackNumber")
    if isinstance(number, Unknown) or (number or "").removeprefix("+").isdigit():
        yield from answer_default(view)
    else:
        yield Answer(
            Failure(f"{number!r} is not a phone number", "InvalidCallbackNumber"),
            "answer",
            f"{number or 'nothing'} is no phone number",
        )


def refuse_empty(*names: str) -> Callable[[View], Iterator[Answer]]:
    """Return the answers of an action that fails where all these parameters are empty."""

    def answer(view: View) -> Iterator[Answer]:
        if view.is_empty(*names):
            words = f"{view.spot.action.type} {view.spot.place.action_id!r} has nothing to set"
            yield Answer(Failure(words, NO_MATCHING_ERROR), "answer", words, Failed(words))
        else:
            yield from answer_default(view)

    return answer


ANSWERS: Mapping[str, Callable[[View], Iterator[Answer]]] = {
    "MessageParticipant": message_participant,
    "MessageParticipantIteratively": message_participant_iteratively,
    "GetParticipantInput": get_participant_input,
    "ConnectParticipantWithLexBot": connect_participant_with_lex_bot,
    "Wait": wait,
    "TransferParticipantToThirdParty": transfer_participant_to_third_party,
    "DisconnectParticipant": disconnect_participant,
    "UpdateContactCallbackNumber": update_contact_callback_number,
    "UpdateContactTargetQueue": refuse_empty("QueueId", "AgentId"),
    "UpdateContactTextToSpeechVoice": refuse_empty("TextToSpeechVoice"),
}
