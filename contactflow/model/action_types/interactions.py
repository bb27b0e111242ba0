"""Interactions: what reaches other services, with or without a contact.

**Source**: Amazon Connect API Reference, "Interactions in the Amazon Connect Flow language" and the page of each
action; the data table actions: Administrator Guide, "Flow block: Data Table", by the names that the console writes.
"""

from __future__ import annotations

from contactflow.model.action_types.kind import NO_MATCHING_ERROR, ActionType, catch_all

PROFILE_ERRORS = ("MultipleFoundError", "NoneFoundError", NO_MATCHING_ERROR)
DATA_TABLE_PAGE = "Flow block: Data Table"

INTERACTIONS = (
    catch_all("InvokeLambdaFunction", needed=True),
    catch_all("CreateCallbackContact", needed=True),
    catch_all("AssociateContactToCustomerProfile"),
    catch_all("CreateCustomerProfile"),
    catch_all("UpdateCustomerProfile"),
    ActionType("GetCustomerProfile", "GetCustomerProfile", errors=PROFILE_ERRORS, needed_errors=PROFILE_ERRORS),
    ActionType("GetCustomerProfileObject", "GetCustomerProfileObject", errors=("NoneFoundError", NO_MATCHING_ERROR)),
    ActionType(
        "GetCalculatedAttributesForCustomerProfile",
        "GetCalculatedAttributesForCustomerProfile",
        errors=("NoneFoundError", NO_MATCHING_ERROR),
    ),
    catch_all("EvaluateDataTableValues", page=DATA_TABLE_PAGE),
    catch_all("ListDataTableValues", page=DATA_TABLE_PAGE),
    catch_all("UpsertDataTableValues", page=DATA_TABLE_PAGE),
)
