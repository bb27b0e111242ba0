"""Why a described IVR does not become flows.

* :class:`CompileError`

  * :class:`DocumentError` - the description contradicts itself or lacks something
  * :class:`MissingResourceError` - the description needs a resource that was not given
"""

from __future__ import annotations


class CompileError(ValueError):
    """An IVR cannot be compiled.

    Attributes
    ----------
    path
        Key path in the description, such as ``ivr.menus.main.options.1``.
    what
        What is wrong.
    mend
        What to do about it.
    """

    def __init__(self, path: str, what: str, mend: str) -> None:
        super().__init__(f"{path}: {what}. {mend}")
        self.path = path
        self.what = what
        self.mend = mend


class DocumentError(CompileError):
    """The description is not whole, or contradicts itself."""


class MissingResourceError(CompileError):
    """A function, queue, flow or bot that the description needs is not among the resources."""
