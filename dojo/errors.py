"""The two kinds of failure: one that a user may see, one that only we may see."""


class DojoError(Exception):
    """Something a user can cause or mend. Its text is one sentence: the thing, the value, the next step.

    The command line prints that sentence and nothing else; a notebook shows it in place of a traceback.
    """

    exit_code = 1


class UsageError(DojoError):
    """The user asked for something that does not exist, such as a lab with an unknown name."""

    exit_code = 2


class InternalError(Exception):
    """The kit broke one of its own promises. Never shown as advice: it is a bug, and keeps its traceback."""
