"""Legacy exports become flows in the Flow language, and nothing gets lost unsaid."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from contactflow.model import (
    ACTION_TYPES,
    Action,
    FlowSyntaxError,
    check_identifier,
    convert_legacy,
    list_needed_errors,
)
from contactflow.model.legacy.convert import CONVERTERS
from tests.flows.legacy_sample import export, module, parameter, spoken

FAILS = {"Success": "end", "Error": "sorry"}


def convert_one(one: dict[str, Any]) -> tuple[Action, list[str]]:
    conversion = convert_legacy(export(one, module("sorry", "PlayPrompt", {"Success": "end"}, spoken("Sorry"))))
    return conversion.flow.by_identifier[one["id"]], [lost.reason for lost in conversion.not_converted]


def ways(action: Action) -> dict[str, str | None]:
    """Where an action leads, by what happens."""
    transitions = action.transitions
    assert transitions is not None
    conditions = {
        f"{branch.condition.operator} {branch.condition.operands[0]}": branch.next_action
        for branch in transitions.conditions or ()
    }
    errors = {branch.error_type: branch.next_action for branch in transitions.errors or ()}
    return {"next": transitions.next_action, **conditions, **errors}


CONVERSIONS = {
    "PlayPrompt": (
        module("one", "PlayPrompt", {"Success": "end"}, spoken("Hello $.External.Name")),
        "MessageParticipant",
        {"Text": "Hello $.External.Name"},
        {"next": "end"},
    ),
    "PlayPrompt, SSML": (
        module("one", "PlayPrompt", {"Success": "end"}, spoken("<speak>Hi</speak>", "ssml")),
        "MessageParticipant",
        {"SSML": "<speak>Hi</speak>"},
        {"next": "end"},
    ),
    "PlayPrompt, an attribute": (
        module("one", "PlayAudio", {"Success": "end"}, [parameter("Text", "greeting", namespace="User Defined")]),
        "MessageParticipant",
        {"Text": "$.Attributes.greeting"},
        {"next": "end"},
    ),
    "PlayPrompt, audio": (
        module("one", "PlayPrompt", {"Success": "end"}, [parameter("AudioPrompt", "arn:prompt", namespace=None)]),
        "MessageParticipant",
        {"PromptId": "arn:prompt"},
        {"next": "end"},
    ),
    "LoopPrompts": (
        module(
            "one",
            "LoopPrompts",
            {"Timeout": "end"},
            [
                parameter("Text", "<speak/>", key="ssml"),
                parameter("AudioPrompt", "arn:music"),
                parameter("Text", "Still there?", key="text"),
                parameter("InterruptSeconds", 60),
            ],
        ),
        "MessageParticipantIteratively",
        {
            "Messages": [{"SSML": "<speak/>"}, {"PromptId": "arn:music"}, {"Text": "Still there?"}],
            "InterruptFrequencySeconds": "60",
        },
        {"next": None, "Equals MessagesInterrupted": "end"},
    ),
    "GetUserInput": (
        module(
            "one",
            "GetUserInput",
            {"Equals 1": "end", "Equals 2": "sorry", "Timeout": "one", "NoMatch": "one", "Error": "sorry"},
            [*spoken("Press 1 or 2"), parameter("Timeout", "8"), parameter("MaxDigits", "1")],
            target="Digits",
        ),
        "GetParticipantInput",
        {"Text": "Press 1 or 2", "InputTimeLimitSeconds": "8", "StoreInput": "False"},
        {
            "next": "one",
            "Equals 1": "end",
            "Equals 2": "sorry",
            "InputTimeLimitExceeded": "one",
            "NoMatchingCondition": "one",
            "NoMatchingError": "sorry",
        },
    ),
    "GetUserInput, a bot": (
        module(
            "one",
            "GetUserInput",
            {"Equals Order": "end", "NoMatch": "one", "Error": "sorry"},
            [
                *spoken("How can we help?"),
                parameter("BotName", "Shop"),
                parameter("BotAlias", "Live"),
                parameter("BotRegion", "us-east-1"),
                parameter("SessionAttribute", "vip", key="level"),
            ],
            target="Lex",
        ),
        "ConnectParticipantWithLexBot",
        {
            "Text": "How can we help?",
            "LexBot": {"Name": "Shop", "Alias": "Live", "Region": "us-east-1"},
            "LexSessionAttributes": {"level": "vip"},
        },
        {"next": "one", "Equals Order": "end", "NoMatchingCondition": "one", "NoMatchingError": "sorry"},
    ),
    "StoreUserInput, a number": (
        module(
            "one",
            "StoreUserInput",
            {"Success": "end", "InvalidNumber": "one", "Error": "sorry"},
            [
                *spoken("Enter your number"),
                parameter("CustomerInputType", "PhoneNumber"),
                parameter("Timeout", "6"),
                parameter("PhoneNumberFormat", "Local"),
                parameter("CountryCode", "US"),
            ],
        ),
        "GetParticipantInput",
        {
            "Text": "Enter your number",
            "InputTimeLimitSeconds": "6",
            "StoreInput": "True",
            "InputValidation": {"PhoneNumberValidation": {"NumberFormat": "Local", "CountryCode": "US"}},
        },
        {"next": "end", "InvalidPhoneNumber": "one", "NoMatchingError": "sorry"},
    ),
    "StoreCustomerInput, encrypted": (
        module(
            "one",
            "StoreCustomerInput",
            FAILS,
            [
                *spoken("Your card, please"),
                parameter("CustomerInputType", "Custom"),
                parameter("Timeout", "6"),
                parameter("MaxDigits", 20),
                parameter("EncryptEntry", True),
                parameter("EncryptionKeyId", "key-1", namespace=None),
                parameter("EncryptionKey", "certificate", namespace="User Defined"),
            ],
        ),
        "GetParticipantInput",
        {
            "Text": "Your card, please",
            "InputTimeLimitSeconds": "6",
            "StoreInput": "True",
            "InputValidation": {"CustomValidation": {"MaximumLength": "20"}},
            "InputEncryption": {"EncryptionKeyId": "key-1", "Key": "$.Attributes.certificate"},
        },
        {"next": "end", "NoMatchingError": "sorry"},
    ),
    "CheckHoursOfOperation": (
        module("one", "CheckHoursOfOperation", {"True": "end", "False": "sorry", "Error": "sorry"}),
        "CheckHoursOfOperation",
        {},
        {"next": "sorry", "Equals True": "end", "Equals False": "sorry", "NoMatchingError": "sorry"},
    ),
    "CheckAttribute": (
        module(
            "one",
            "CheckAttribute",
            {"Equals CHAT": "end", "StartsWith V": "one", "GreaterThanOrEqualTo 5": "sorry", "NoMatch": "sorry"},
            [parameter("Attribute", "Channel"), parameter("Namespace", "System")],
        ),
        "Compare",
        {"ComparisonValue": "$.Channel"},
        {
            "next": "sorry",
            "Equals CHAT": "end",
            "TextStartsWith V": "one",
            "NumberGreaterOrEqualTo 5": "sorry",
            "NoMatchingCondition": "sorry",
        },
    ),
    "Loop": (
        module("one", "Loop", {"Looping": "sorry", "Complete": "end"}, [parameter("LoopCount", 3)]),
        "Loop",
        {"LoopCount": "3"},
        {"next": "end", "Equals ContinueLooping": "sorry", "Equals DoneLooping": "end"},
    ),
    "PercentileBranching": (
        module("one", "PercentileBranching", {"Equals 3": "end", "Equals 6": "sorry", "NoMatch": "one"}),
        "DistributeByPercentage",
        {},
        {"next": "one", "NumberLessThan 4": "end", "NumberLessThan 10": "sorry", "NoMatchingCondition": "one"},
    ),
    "Wait": (
        module(
            "one",
            "Wait",
            {"Timeout": "end", "CustomerReturned": "one", "Error": "sorry"},
            [parameter("TimeLimit", 900)],
        ),
        "Wait",
        {"TimeLimitSeconds": "900", "Events": ["CustomerReturned"]},
        {"next": "sorry", "Equals CustomerReturned": "one", "Equals WaitCompleted": "end", "NoMatchingError": "sorry"},
    ),
    "SetAttributes": (
        module(
            "one",
            "SetAttributes",
            FAILS,
            [
                parameter("Attribute", "true", key="greeted", namespace=None),
                parameter("Attribute", "order id", key="order", namespace="External"),
                parameter("Attribute", "Dialed Number", key="line", namespace="System"),
            ],
        ),
        "UpdateContactAttributes",
        {"Attributes": {"greeted": "true", "order": "$.External['order id']", "line": "$.SystemEndpoint.Address"}},
        {"next": "end", "NoMatchingError": "sorry"},
    ),
    "SetScreenPop": (
        module("one", "SetScreenPop", FAILS, [parameter("key", "note"), parameter("value", "Hi", namespace=None)]),
        "UpdateContactAttributes",
        {"Attributes": {"note": "Hi"}},
        {"next": "end", "NoMatchingError": "sorry"},
    ),
    "SetEventHook": (
        module(
            "one", "SetEventHook", FAILS, [parameter("Type", "CustomerRemaining"), parameter("ContactFlowId", "arn:f")]
        ),
        "UpdateContactEventHooks",
        {"EventHooks": {"CustomerRemaining": "arn:f"}},
        {"next": "end", "NoMatchingError": "sorry"},
    ),
    "SetContactFlow": (
        module(
            "one",
            "SetContactFlow",
            {"Success": "end"},
            [parameter("ContactFlowId", "arn:f"), parameter("Type", "CustomerQueue")],
        ),
        "UpdateContactEventHooks",
        {"EventHooks": {"CustomerQueue": "arn:f"}},
        {"next": "end", "NoMatchingError": "end"},
    ),
    "SetVoice": (
        module("one", "SetVoice", {"Success": "end"}, [parameter("GlobalVoice", "Seoyeon")]),
        "UpdateContactTextToSpeechVoice",
        {"TextToSpeechVoice": "Seoyeon"},
        {"next": "end"},
    ),
    "SetRecordingBehavior": (
        module(
            "one",
            "SetRecordingBehavior",
            {"Success": "end"},
            [parameter("RecordingBehaviorOption", "Enable"), parameter("RecordingParticipantOption", "Both")],
        ),
        "UpdateContactRecordingBehavior",
        {"RecordingBehavior": {"RecordedParticipants": ["Agent", "Customer"]}},
        {"next": "end"},
    ),
    "SetRecordingBehavior, off": (
        module(
            "one",
            "SetRecordingBehavior",
            {"Success": "end"},
            [parameter("RecordingBehaviorOption", "Disable"), parameter("RecordingParticipantOption", "Both")],
        ),
        "UpdateContactRecordingBehavior",
        {"RecordingBehavior": {"RecordedParticipants": []}},
        {"next": "end"},
    ),
    "SetLoggingBehavior": (
        module("one", "SetLoggingBehavior", {"Success": "end"}, [parameter("LoggingBehavior", "Enable")]),
        "UpdateFlowLoggingBehavior",
        {"FlowLoggingBehavior": "Enabled"},
        {"next": "end"},
    ),
    "StartMediaStreaming": (
        module(
            "one",
            "StartMediaStreaming",
            FAILS,
            [parameter("ParticipantTypes", "Customer"), parameter("MediaStreamTypes", "Audio")],
        ),
        "UpdateContactMediaStreamingBehavior",
        {
            "MediaStreamingState": "Enabled",
            "Participants": [{"ParticipantType": "Customer", "MediaDirections": ["To", "From"]}],
            "MediaStreamType": "Audio",
        },
        {"next": "end", "NoMatchingError": "sorry"},
    ),
    "InvokeExternalResource": (
        module(
            "one",
            "InvokeExternalResource",
            FAILS,
            [
                parameter("FunctionArn", "arn:f", namespace=None),
                parameter("TimeLimit", "4"),
                parameter("Parameter", "state", key="State", namespace="User Defined"),
            ],
            target="Lambda",
        ),
        "InvokeLambdaFunction",
        {
            "LambdaFunctionARN": "arn:f",
            "InvocationTimeLimitSeconds": "4",
            "LambdaInvocationAttributes": {"State": "$.Attributes.state"},
        },
        {"next": "end", "NoMatchingError": "sorry"},
    ),
    "SetQueue": (
        module("one", "SetQueue", FAILS, [parameter("Queue", "arn:q", namespace=None, resourceName="Orders")]),
        "UpdateContactTargetQueue",
        {"QueueId": "arn:q"},
        {"next": "end", "NoMatchingError": "sorry"},
    ),
    "Transfer to a queue": (
        module("one", "Transfer", {"AtCapacity": "end", "Error": "sorry"}, target="Queue"),
        "TransferContactToQueue",
        {},
        {"next": "sorry", "QueueAtCapacity": "end", "NoMatchingError": "sorry"},
    ),
    "Transfer to another queue": (
        module(
            "one", "Transfer", {"AtCapacity": "end", "Error": "sorry"}, [parameter("Queue", "arn:q")], target="Queue"
        ),
        "DequeueContactAndTransferToQueue",
        {"QueueId": "arn:q"},
        {"next": None, "QueueAtCapacity": "end", "NoMatchingError": "sorry"},
    ),
    "Transfer to a flow": (
        module("one", "Transfer", {"Error": "sorry"}, [parameter("ContactFlowId", "arn:f")], target="Flow"),
        "TransferToFlow",
        {"ContactFlowId": "arn:f"},
        {"next": "sorry", "NoMatchingError": "sorry"},
    ),
    "Transfer to a number": (
        module(
            "one",
            "Transfer",
            {"Success": "end", "CallFailure": "sorry", "Timeout": "sorry", "Error": "sorry"},
            [parameter("PhoneNumber", "+12065550123"), parameter("TimeLimit", "30"), parameter("BlindTransfer", False)],
            target="PhoneNumber",
        ),
        "TransferParticipantToThirdParty",
        {
            "ThirdPartyPhoneNumber": "+12065550123",
            "ThirdPartyConnectionTimeLimitSeconds": "30",
            "ContinueFlowExecution": "True",
        },
        {
            "next": "end",
            "CallFailed": "sorry",
            "ConnectionTimeLimitExceeded": "sorry",
            "NoMatchingError": "sorry",
        },
    ),
    "UpdateRoutingPriority": (
        module("one", "UpdateRoutingPriority", {"Success": "end"}, [parameter("AbsolutePosition", 1)]),
        "UpdateContactRoutingBehavior",
        {"QueuePriority": "1"},
        {"next": "end"},
    ),
    "SetCallBackNumber": (
        module(
            "one",
            "SetCallBackNumber",
            {"Success": "end", "InvalidPhoneNumber": "one", "NonDialableNumber": "sorry"},
            [parameter("CallBackNumber", "Stored customer input", namespace="System")],
        ),
        "UpdateContactCallbackNumber",
        {"CallbackNumber": "$.StoredCustomerInput"},
        {"next": "end", "InvalidCallbackNumber": "one", "CallbackNumberNotDialable": "sorry"},
    ),
    "CreateCallback": (
        module(
            "one",
            "CreateCallback",
            FAILS,
            [
                parameter("InitialDelaySeconds", 5),
                parameter("RetryDelaySeconds", 600),
                parameter("MaxRetryAttempts", 1),
            ],
        ),
        "CreateCallbackContact",
        {"InitialCallDelaySeconds": "5", "MaximumConnectionAttempts": "1", "RetryDelaySeconds": "600"},
        {"next": "end", "NoMatchingError": "sorry"},
    ),
    "CheckStaffing": (
        module(
            "one", "CheckStaffing", {"True": "end", "False": "one", "Error": "sorry"}, [parameter("Status", "Staffed")]
        ),
        "CheckMetricData",
        {"MetricType": "NumberOfAgentsStaffed"},
        {"next": "sorry", "NumberGreaterThan 0": "end", "NoMatchingCondition": "one", "NoMatchingError": "sorry"},
    ),
    "GetQueueMetrics": (
        module("one", "GetQueueMetrics", FAILS, [parameter("Queue", "arn:q")]),
        "GetMetricData",
        {"QueueId": "arn:q"},
        {"next": "end", "NoMatchingError": "sorry"},
    ),
    "Resume": (module("one", "Resume"), "EndFlowExecution", {}, {"next": None}),
    "Disconnect": (module("one", "Disconnect"), "DisconnectParticipant", {}, {"next": None}),
}


@pytest.mark.parametrize("name", CONVERSIONS)
def test_module_becomes_the_equivalent_action(name: str) -> None:
    one, kind, parameters, leads = CONVERSIONS[name]
    action, lost = convert_one(one)
    assert (action.type, action.parameters, ways(action), lost) == (kind, parameters, leads, [])


def test_check_of_a_queue_compares_its_one_metric() -> None:
    one = module("one", "CheckQueueStatus", {"NoMatch": "sorry", "Error": "end"})
    one["branches"].insert(
        0, {"condition": "CheckQueueTime", "conditionType": "LessThan", "conditionValue": 300000, "transition": "end"}
    )
    action, lost = convert_one(one)
    assert (action.type, action.parameters, lost) == (
        "CheckMetricData",
        {"MetricType": "OldestContactInQueueAgeSeconds"},
        [],
    )
    assert ways(action)["NumberLessThan 300000"] == "end"


@pytest.mark.parametrize("name", CONVERSIONS)
@pytest.mark.parametrize("left", ["Success", "Error"])
def test_branches_that_the_service_asks_for_and_the_module_lacks_are_added(name: str, left: str) -> None:
    one = CONVERSIONS[name][0]
    branches = [branch for branch in one["branches"] if branch["condition"] == left]
    action, _ = convert_one({**one, "branches": branches})
    assert not branches or set(list_needed_errors(action)) <= set(ways(action))


def test_every_converter_has_a_test() -> None:
    tested = {one["type"] for one, _, _, _ in CONVERSIONS.values()} | {"CheckQueueStatus"}
    same_as_tested = {"CustomerInQueue", "TransferToFlow", "StopMediaStreaming"}
    assert set(CONVERTERS) - same_as_tested <= tested


@pytest.mark.parametrize(
    ("old", "new"), [("CustomerInQueue", "Transfer to a queue"), ("TransferToFlow", "Transfer to a flow")]
)
def test_older_names_of_a_module_are_known(old: str, new: str) -> None:
    one, kind, parameters, leads = CONVERSIONS[new]
    action, lost = convert_one({**one, "type": old, "target": None})
    assert (action.type, action.parameters, ways(action), lost) == (kind, parameters, leads, [])


def test_module_without_equivalent_is_kept_whole_and_told() -> None:
    one = module(
        "one", "RollDice", {"Success": "end", "Six": "one", "Equals 5": "end", "Error": "sorry"}, target="Table"
    )
    one["parameters"] = [parameter("Sides", 6)]
    conversion = convert_legacy(export(one, module("sorry", "PlayPrompt", {"Success": "end"}, spoken("Sorry"))))
    kept = conversion.flow.by_identifier["one"]
    assert kept.type == "LegacyRollDice"
    assert kept.type not in ACTION_TYPES
    assert kept.parameters == {"type": "RollDice", "target": "Table", "parameters": [{"name": "Sides", "value": 6}]}
    assert ways(kept) == {"next": "end", "Equals Six": "one", "Equals 5": "end", "NoMatchingError": "sorry"}
    assert conversion.converted == 2
    (told,) = conversion.not_converted
    assert (told.module_id, told.type) == ("one", "RollDice")
    assert told.reason == "There is no known equivalent of RollDice: it is kept as LegacyRollDice"


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (module("one", "Transfer", {"Error": "end"}, target="Moon"), "transfers to Moon"),
        (module("one", "Transfer", {"Error": "end"}), "transfers to nothing that it names"),
        (module("one", "GetUserInput", {"Error": "end"}, target="Lex"), "does not name it"),
        (module("one", "SetEventHook", FAILS, [parameter("Type", "CustomerHold")]), "does not say which flow"),
        (module("one", "CheckStaffing", {"True": "end"}), "neither Available, Staffed nor Online"),
        (module("one", "CheckQueueStatus", {"NoMatch": "end"}), "several metrics, or none"),
        (module("one", "PercentileBranching", {"Equals half": "end"}), "no whole number of percent"),
        (module("one", "Wait", {"Timeout": "end"}), "how long to wait"),
        (
            module(
                "one",
                "CheckAttribute",
                {"NoMatch": "end"},
                [parameter("Attribute", "Mood"), parameter("Namespace", "X")],
            ),
            "no documented JSONPath",
        ),
        (
            module("one", "SetRecordingBehavior", {"Success": "end"}, [parameter("RecordingBehaviorOption", "Enable")]),
            "neither Agent, Customer nor Both",
        ),
    ],
)
def test_module_that_says_too_little_is_kept_with_the_reason(one: dict[str, Any], said: str) -> None:
    action, (reason,) = convert_one(one)
    assert action.type == "Legacy" + one["type"]
    assert said in reason


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (module("one", "Disconnect", {}, [parameter("Mood", "sad")]), "Mood = 'sad' is left out"),
        (module("one", "SetVoice", {"Success": "end", "Applause": "end"}, []), "branch Applause is left out"),
        (
            module("one", "SetLoggingBehavior", FAILS, [parameter("LoggingBehavior", "Enable")]),
            "branch of NoMatchingError is left out: UpdateFlowLoggingBehavior has no such error",
        ),
        (
            module("one", "PlayPrompt", {"Success": "end"}, [parameter("AudioPrompt", "", resourceName="Beep.wav")]),
            "names 'Beep.wav' without its ARN",
        ),
        (
            module("one", "SetAttributes", FAILS, [parameter("Attribute", "Mood", key="mood", namespace="System")]),
            "Attribute mood reads 'Mood' of System",
        ),
        (
            module(
                "one", "GetUserInput", {"Error": "end"}, [*spoken("?"), parameter("MaxDigits", "4")], target="Digits"
            ),
            "MaxDigits is 4",
        ),
        (
            module(
                "one",
                "CheckAttribute",
                {"Rhymes x": "end", "NoMatch": "end"},
                [parameter("Attribute", "Channel"), parameter("Namespace", "System")],
            ),
            "operator Rhymes is unknown",
        ),
    ],
)
def test_setting_that_cannot_be_carried_over_is_told(one: dict[str, Any], said: str) -> None:
    action, (reason,) = convert_one(one)
    assert action.type in ACTION_TYPES
    assert said in reason


def test_flow_keeps_start_names_and_positions_and_drops_the_old_hash() -> None:
    conversion = convert_legacy(export(module("hi", "PlayPrompt", {"Success": "end"}, spoken("Hi"))))
    metadata = conversion.flow.metadata
    assert metadata is not None
    assert (conversion.flow.start_action, conversion.flow.version) == ("hi", "2019-10-30")
    assert (metadata["name"], metadata["type"]) == ("Old menu", "contactFlow")
    assert metadata["entryPointPosition"] == {"x": 1, "y": 2}
    assert metadata["ActionMetadata"]["hi"] == {"position": {"x": 10, "y": 20}}
    assert "hash" not in metadata


def test_converted_flow_is_read_and_written_back_as_it_is() -> None:
    every = [one for one, _, _, _ in CONVERSIONS.values()]
    document = export(*({**one, "id": f"m{number}"} for number, one in enumerate(every)))
    flow = convert_legacy(json.dumps(document).encode()).flow
    assert type(flow).parse(json.dumps(flow.serialise())).serialise() == flow.serialise()
    for action in flow.actions:
        check_identifier(action.identifier)


def test_branches_that_lead_nowhere_are_left_open() -> None:
    one = module("one", "SetQueue", {"Success": "end"}, [parameter("Queue", "arn:q")])
    one["branches"].append({"condition": "Error"})
    one["branches"].append({"condition": "Rumour", "transition": None})
    action, lost = convert_one(one)
    assert ways(action) == {"next": "end", "NoMatchingError": "end"}
    assert lost == []


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"Version": "2019-10-30", "StartAction": "a", "Actions": []}, "no export in the legacy format"),
        ({"modules": [], "Actions": []}, "no export in the legacy format"),
        ({"modules": []}, r"\$: The field start is missing"),
        ({"modules": [{"id": "a"}], "start": "a"}, r"\$\.modules\[0\] \(action 'a'\): The field type is missing"),
        ({"modules": [7], "start": "a"}, r"\$\.modules\[0\]: Expected an object, found int"),
        (
            {"modules": [{"id": "a", "type": "Disconnect", "branches": [{}]}], "start": "a"},
            r"branches\[0\].*condition is missing",
        ),
    ],
)
def test_document_that_is_no_legacy_export_is_refused(document: dict[str, Any], said: str) -> None:
    with pytest.raises(FlowSyntaxError, match=said):
        convert_legacy(document)


def test_two_modules_with_one_identifier_are_refused() -> None:
    with pytest.raises(FlowSyntaxError, match="same identifier"):
        convert_legacy(export(module("end", "Disconnect")))


def test_documentation_lists_every_module_that_is_converted() -> None:
    page = (Path(__file__).parents[2] / "docs" / "flow-language.md").read_text(encoding="utf-8")
    table = page.partition("| module | becomes |")[2].partition("\n\n")[0]
    first_cells = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    documented = {name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)}
    assert documented == set(CONVERTERS)
