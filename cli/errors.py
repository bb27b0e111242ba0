"""What the command line says when it cannot do what it was asked."""


class UsageError(Exception):
    """A request that cannot be carried out: what is wrong, and what to do.

    Parameters
    ----------
    problem
        What was wrong, and where.
    mend
        What to do about it.
    """

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(f"{problem}\n  {mend}")
        self.problem = problem
        self.mend = mend
