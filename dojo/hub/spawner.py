"""Start and stop one person's server: JupyterHub's own local process, put behind the wall."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from jupyterhub.spawner import LocalProcessSpawner

from dojo.hub.place import Place
from dojo.hub.roster import Person
from dojo.hub.wall import environment, start_folder, walled

__all__ = ["WalledSpawner"]


class WalledSpawner(LocalProcessSpawner):  # type: ignore[misc]  # JupyterHub's classes are not typed
    """A server per person; `place` and `people` are set by deploy/jupyterhub_config.py."""

    place: Place
    people: dict[str, tuple[Person, int]]

    async def start(self) -> Any:
        person, number = self.people[self.user.name]
        self.cmd = walled(self.place, person, number, [sys.executable, "-P", "-m", "dojo.hub.inside"])
        self.notebook_dir = str(start_folder(person))
        return await super().start()

    def user_env(self, env: dict[str, str]) -> dict[str, str]:
        """The person's own variables; there is no account on the machine to ask for them."""
        person, _ = self.people[self.user.name]
        return {**env, **environment(person)}

    def make_preexec_fn(self, name: str) -> Callable[[], None] | None:
        """Nothing: the wall's last step changes the user number."""
        return None
