"""What can be wrong with a test case's text."""

from __future__ import annotations

from typing import ClassVar


class TestCaseError(ValueError):
    """The text is not a test case that can be run.

    Attributes
    ----------
    what
        What is wrong, as a sentence without full stop.
    path
        Where, as a JSON path such as ``$.Observations[2].Event.Type``.
    mend
        What to do about it.
    """

    __test__: ClassVar[bool] = False

    def __init__(self, what: str, *, path: str = "$", mend: str = "") -> None:
        self.what = what
        self.path = path
        self.mend = mend
        super().__init__(f"{path}: {what}." + (f" {mend}" if mend else ""))
