"""What can be wrong with a flow's text.

* :class:`FlowError`

  * :class:`FlowSyntaxError` - not the Flow language: a missing field, a wrong type, a duplicate
  * :class:`LegacyFlowError` - the console's export format before the Flow language
  * :class:`IdentifierError` - an action identifier that the service refuses
  * :class:`FlowSizeError` - more than the service stores
"""

from __future__ import annotations


class FlowError(ValueError):
    """Something is wrong with a flow.

    Attributes
    ----------
    what
        What is wrong, as a sentence without full stop.
    path
        Where, as a JSON path such as ``$.Actions[3].Transitions.NextAction``.
    action_id
        Identifier of the action concerned, if one is.
    mend
        What to do about it.
    """

    def __init__(self, what: str, *, path: str = "$", action_id: str | None = None, mend: str = "") -> None:
        self.what = what
        self.path = path
        self.action_id = action_id
        self.mend = mend
        where = f"{path} (action {action_id!r})" if action_id else path
        super().__init__(f"{where}: {what}." + (f" {mend}" if mend else ""))


class FlowSyntaxError(FlowError):
    """The text is not a flow in the Flow language."""


class LegacyFlowError(FlowError):
    """The text is a flow, but in the format that the console exported before 2019-10-30."""


class IdentifierError(FlowError):
    """An action's identifier breaks the service's rules."""


class FlowSizeError(FlowError):
    """The flow has more actions or characters than the service takes."""
