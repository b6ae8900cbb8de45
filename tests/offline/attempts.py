"""What a program says when it tries several things one after another: its error, or that it went through."""

from collections.abc import Callable


def outcome(attempt: Callable[[], object]) -> list[str]:
    """The names of the error's kinds, the nearest first, and its text; an empty list where nothing was raised."""
    try:
        attempt()
    except Exception as error:
        return [*(kind.__name__ for kind in type(error).__mro__), str(error)]
    return []
