"""Contact actions: what changes the contact, and where it goes.

**Source**: Amazon Connect API Reference, "Contact actions in the Amazon Connect Flow language" and the page of
each action; Administrator Guide, "Flow block: Create persistent contact association", "Get stored content" and
"Interrupt agent" for the types without such a page.
"""

from __future__ import annotations

from contactflow.model.action_types.kind import (
    CHANNEL_MISMATCH,
    NO_MATCHING_ERROR,
    QUEUE_AT_CAPACITY,
    ActionType,
    catch_all,
    ending,
)

CASE_ERRORS = ("ContactNotLinked", NO_MATCHING_ERROR)
CALLBACK_NUMBER_ERRORS = ("InvalidCallbackNumber", "CallbackNumberNotDialable")

CONTACT_ACTIONS = (
    catch_all("UpdateContactAttributes", needed=True),
    catch_all("UpdateContactData", needed=True),
    catch_all("UpdateContactEventHooks", needed=True),
    catch_all("UpdateContactTargetQueue", needed=True),
    catch_all("UpdateContactTextToSpeechVoice"),
    catch_all("UpdateContactMediaStreamingBehavior"),
    ActionType("UpdateContactRoutingBehavior", "UpdateContactRoutingBehavior"),
    ActionType("UpdateContactRecordingBehavior", "UpdateContactRecordingBehavior"),
    ActionType(
        "UpdateContactRecordingAndAnalyticsBehavior",
        "UpdateContactRecordingAndAnalyticsBehavior",
        errors=(NO_MATCHING_ERROR, CHANNEL_MISMATCH, "InFlightRedactionConfigurationFailed"),
        needed_errors=(NO_MATCHING_ERROR, CHANNEL_MISMATCH),
    ),
    ActionType(
        "UpdateContactMediaProcessing",
        "UpdateContactMediaProcessing",
        errors=(NO_MATCHING_ERROR, CHANNEL_MISMATCH),
    ),
    ActionType(
        "UpdateContactCallbackNumber",
        "UpdateContactCallbackNumber",
        errors=CALLBACK_NUMBER_ERRORS,
        needed_errors=CALLBACK_NUMBER_ERRORS,
    ),
    catch_all("UpdatePreviousContactParticipantState"),
    catch_all("ResumeContact"),
    catch_all("TagContact", needed=True),
    catch_all("UntagContact", needed=True, page="UnTagContact"),
    catch_all("UnTagContact", needed=True),
    ActionType("CompleteOutboundCall", "CompleteOutboundCall"),
    catch_all("StartOutboundChatContact"),
    catch_all("CreatePersistentContactAssociation", page="Flow block: Create persistent contact association"),
    catch_all("LoadContactContent", page="Flow block: Get stored content"),
    catch_all("CreateTask"),
    ActionType("CreateCase", "CreateCase", errors=CASE_ERRORS),
    ActionType("GetCase", "GetCase", errors=(*CASE_ERRORS, "MultipleFound", "NoneFound")),
    ActionType("UpdateCase", "UpdateCase", errors=CASE_ERRORS),
    catch_all("CreateWisdomSession"),
    ActionType(
        "TransferContactToQueue",
        "TransferContactToQueue",
        errors=(QUEUE_AT_CAPACITY, NO_MATCHING_ERROR),
        needed_errors=(QUEUE_AT_CAPACITY, NO_MATCHING_ERROR),
    ),
    ActionType(
        "DequeueContactAndTransferToQueue",
        "DequeueContactAndTransferToQueue",
        errors=(QUEUE_AT_CAPACITY, NO_MATCHING_ERROR),
        needed_errors=(QUEUE_AT_CAPACITY, NO_MATCHING_ERROR),
        needs_next=False,
    ),
    ending("TransferContactToAgent"),
    ActionType("RouteContactToAgent", "Flow block: Interrupt agent", errors=(NO_MATCHING_ERROR,)),
    ActionType(
        "InvokeFlowModule",
        "InvokeFlowModule",
        answers="open",
        errors=(NO_MATCHING_ERROR,),
        needed_errors=(NO_MATCHING_ERROR,),
    ),
    ending("EndFlowModuleExecution"),
)
