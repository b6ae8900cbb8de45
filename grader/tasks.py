"""Run an awaitable to its end, also from inside a loop that is running."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

__all__ = ["finish"]


def finish(awaitable: Awaitable[Any]) -> Any:
    """What the awaitable gives. The loop that runs already, if one does, stands still meanwhile."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(_as_coroutine(awaitable))
    finally:
        loop.close()
        asyncio._set_running_loop(running)


async def _as_coroutine(awaitable: Awaitable[Any]) -> Any:
    return await awaitable
