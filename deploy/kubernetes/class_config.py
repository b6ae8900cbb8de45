"""Zero to JupyterHub's part of the class: each person's image, user number and folders. Injected by values.yaml.

It runs in the chart's hub image, which has no dojo package: it imports JupyterHub and Python alone.
"""

import csv
import json
from pathlib import Path
from typing import Any

COURSE = "local-ai-dojo"
FOLDER = Path("/usr/local/etc/dojo")
INSTRUCTORS_IMAGE = "registry.school.example/dojo-instructor:0.1.0"
# One volume that many pods write to (NFS, CephFS, EFS, Filestore), made by class-volume.yaml.
CLAIM = "dojo-class"
HOME = "/class/home"
INSTRUCTORS = 20000  # the number that all instructors share, as dojo/hub/place.py has it


def read_class(folder: Path) -> dict[str, tuple[str, int]]:
    """Role and user number of everybody."""
    numbers = json.loads((folder / "numbers.json").read_text(encoding="utf-8"))
    with (folder / "roster.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [
            {key.strip().lower(): value.strip().lower() for key, value in row.items()} for row in csv.DictReader(file)
        ]
    roles = {row["name"]: row["role"] for row in rows if row.get("name")}
    return {name: (role, INSTRUCTORS if role == "instructor" else numbers[name]) for name, role in roles.items()}


def folders(role: str) -> list[dict[str, Any]]:
    """What of the class's volume a role sees, and where; a student's pod has nothing else of it to look into."""
    student = role == "student"
    shared = f"/class/exchange/{COURSE}"
    names = {"outbound": student, "feedback": student, "inbound": False}
    # Instructors own the folder around the three, as nbgrader wants it.
    mounts: list[dict[str, Any]] = [] if student else [{"mountPath": shared, "subPath": "front"}]
    mounts += [
        {"mountPath": f"{shared}/{name}", "subPath": f"exchange/{name}", "readOnly": read_only}
        for name, read_only in names.items()
    ]
    if not student:
        mounts.append({"mountPath": f"/class/{COURSE}", "subPath": "course"})
    return [{"name": "class", **mount} for mount in mounts]


def before_start(spawner: Any) -> None:
    """Make the pod this person's."""
    name = spawner.user.name
    role, number = read_class(FOLDER)[name]
    spawner.uid = spawner.gid = number
    spawner.environment = {**spawner.environment, "DOJO_HUB": role, "HOME": HOME, "DOJO_WORKSPACE": HOME}
    spawner.volumes = [*spawner.volumes, {"name": "class", "persistentVolumeClaim": {"claimName": CLAIM}}]
    home = {"name": "class", "mountPath": HOME, "subPath": f"homes/{name}"}
    spawner.volume_mounts = [*spawner.volume_mounts, home, *folders(role)]
    spawner.notebook_dir = HOME if role == "student" else f"/class/{COURSE}"
    if role == "instructor":
        spawner.image = INSTRUCTORS_IMAGE
    # The home belongs to its person before anybody looks into it.
    spawner.init_containers = [
        *spawner.init_containers,
        {
            "name": "home",
            "image": spawner.image,
            "command": ["install", "-d", "-o", str(number), "-g", str(number), "-m", "700", f"/volume/homes/{name}"],
            "securityContext": {"runAsUser": 0},
            "volumeMounts": [{"name": "class", "mountPath": "/volume"}],
        },
    ]


c = get_config()  # type: ignore[name-defined]  # noqa: F821  # JupyterHub defines it
c.Authenticator.allowed_users = set(read_class(FOLDER))
c.Authenticator.admin_users = set()  # an administrator could open everybody's server
c.KubeSpawner.pre_spawn_hook = before_start
