"""Flow control actions: what chooses the way through the flow.

**Source**: Amazon Connect API Reference, "Flow control actions in the Amazon Connect Flow language" and the page
of each action; CheckSegmentMembership: Administrator Guide, journey block "Customer profiles".
"""

from __future__ import annotations

from contactflow.model.action_types.kind import (
    NO_MATCHING_CONDITION,
    NO_MATCHING_ERROR,
    ActionType,
    catch_all,
    ending,
)

HOURS_ANSWERS = ("True", "False")
LOOP_ANSWERS = ("ContinueLooping", "DoneLooping")

CONTROL_ACTIONS = (
    ActionType(
        "Compare",
        "Compare",
        answers="open",
        errors=(NO_MATCHING_CONDITION,),
        needed_errors=(NO_MATCHING_CONDITION,),
    ),
    ActionType(
        "CheckHoursOfOperation",
        "CheckHoursOfOperation",
        answers="listed",
        possible_answers=HOURS_ANSWERS,
        errors=(NO_MATCHING_ERROR,),
        needed_errors=(NO_MATCHING_ERROR,),
        needed_answers=HOURS_ANSWERS,
    ),
    ActionType(
        "CheckMetricData",
        "CheckMetricData",
        answers="open",
        errors=(NO_MATCHING_ERROR, NO_MATCHING_CONDITION),
        needed_errors=(NO_MATCHING_ERROR, NO_MATCHING_CONDITION),
    ),
    ActionType(
        "CheckOutboundCallStatus",
        "CheckOutboundCallStatus",
        answers="listed",
        possible_answers=("CallAnswered", "VoicemailBeep", "VoicemailNoBeep", "NotDetected"),
        errors=(NO_MATCHING_ERROR,),
    ),
    ActionType(
        "CheckVoiceId",
        "CheckVoiceId",
        answers="open",
        possible_answers=("Authenticated", "NotAuthenticated", "Inconclusive", "NotEnrolled", "OptedOut"),
        errors=(NO_MATCHING_ERROR,),
    ),
    ActionType("CheckSegmentMembership", "Journey flow block: Customer profiles", answers="open"),
    ActionType(
        "DistributeByPercentage",
        "DistributeByPercentage",
        answers="open",
        errors=(NO_MATCHING_CONDITION,),
        needed_errors=(NO_MATCHING_CONDITION,),
    ),
    ActionType(
        "Loop",
        "Loop",
        answers="listed",
        possible_answers=LOOP_ANSWERS,
        errors=(NO_MATCHING_ERROR,),
        needed_answers=LOOP_ANSWERS,
    ),
    ActionType(
        "Wait",
        "Wait",
        answers="open",
        possible_answers=("WaitCompleted", "CustomerReturned", "BotParticipantDisconnected"),
        errors=(NO_MATCHING_ERROR, "ParticipantNotFound"),
        needed_errors=(NO_MATCHING_ERROR,),
        needed_answers=("WaitCompleted",),
    ),
    catch_all("GetMetricData", needed=True),
    catch_all("StartVoiceIdStream"),
    catch_all("TransferToFlow", needed=True),
    catch_all("UpdateFlowAttributes", needed=True),
    ActionType("UpdateFlowLoggingBehavior", "UpdateFlowLoggingBehavior"),
    catch_all("UpdateRoutingCriteria"),
    ending("EndFlowExecution"),
)
