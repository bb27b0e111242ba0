"""Legacy modules that choose the way through the flow.

**Source**: Amazon Connect API Reference, "Flow control actions in the Amazon Connect Flow language".
"""

from __future__ import annotations

from contactflow.model.action_types.kind import NO_MATCHING_CONDITION, NO_MATCHING_ERROR
from contactflow.model.flow import Action
from contactflow.model.legacy.draft import Draft, NoEquivalentError
from contactflow.model.legacy.references import write_reference


def check_hours(draft: Draft) -> Action:
    """Convert CheckHoursOfOperation."""
    draft.when("True", draft.target("True"))
    draft.when("False", draft.target("False"))
    draft.fail(NO_MATCHING_ERROR, draft.target("Error"))
    return draft.build("CheckHoursOfOperation", {"HoursOfOperationId": draft.value("Hours")})


def check_attribute(draft: Draft) -> Action:
    """Convert CheckAttribute into Compare."""
    name, namespace = draft.value("Attribute"), draft.value("Namespace")
    reference = write_reference(namespace or "", name or "")
    if reference is None:
        raise NoEquivalentError(f"It compares {name!r} of {namespace!r}, which has no documented JSONPath")
    draft.compare()
    draft.fail_usual()
    return draft.build("Compare", {"ComparisonValue": reference})


def loop(draft: Draft) -> Action:
    """Convert Loop."""
    done = draft.target("Complete")
    draft.when("ContinueLooping", draft.target("Looping"))
    draft.when("DoneLooping", done)
    draft.fail(NO_MATCHING_ERROR, draft.target("Error"))
    return draft.build("Loop", {"LoopCount": draft.value("LoopCount")}, next_action=done)


def distribute(draft: Draft) -> Action:
    """Convert PercentileBranching, whose values are shares, into DistributeByPercentage, which compares their sums."""
    reached = 1
    for branch in draft.evaluated():
        share = str(branch.value)
        if not share.isdigit():
            raise NoEquivalentError(f"The share {branch.value!r} is no whole number of percent")
        reached += int(share)
        draft.when(str(reached), branch.transition, "NumberLessThan")
    draft.fail(NO_MATCHING_CONDITION, draft.target("NoMatch"))
    return draft.build("DistributeByPercentage", {})


def wait(draft: Draft) -> Action:
    """Convert Wait."""
    returned = draft.target("CustomerReturned")
    draft.when("CustomerReturned", returned)
    draft.when("WaitCompleted", draft.target("Timeout", "Complete", "Success"))
    draft.fail(NO_MATCHING_ERROR, draft.target("Error"))
    seconds = draft.value("TimeLimit") or draft.value("Timeout")
    if seconds is None:
        raise NoEquivalentError("It does not say how long to wait")
    return draft.build("Wait", {"TimeLimitSeconds": seconds, "Events": ["CustomerReturned"] if returned else None})


def end_flow(draft: Draft) -> Action:
    """Convert Resume, which ends a whisper or queue flow, into EndFlowExecution."""
    return draft.end("EndFlowExecution")
