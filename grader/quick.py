"""Import nbgrader without the second that one of its dependencies spends on grammars which nobody uses here."""

from __future__ import annotations

import sys

__all__ = ["import_nbgrader"]


def import_nbgrader() -> None:
    """Import nbgrader and its gradebook, so that later imports cost nothing."""
    missing = object()
    before = sys.modules.get("rfc3987_syntax", missing)
    if before is missing:
        # None makes the import fail, which jsonschema allows for: it then checks no internationalised addresses.
        sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    try:
        import nbgrader.api
        import nbgrader.preprocessors  # noqa: F401
    finally:
        if before is missing:
            del sys.modules["rfc3987_syntax"]
