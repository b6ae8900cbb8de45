"""What this machine has: memory, graphics memory, disk, a camera. Looks only; starts and changes nothing."""

from __future__ import annotations

import platform
import shutil
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Machine", "look"]

_GB = 1e9
_CARDS = Path("/sys/class/drm")


@dataclass(frozen=True)
class Machine:
    """Sizes in GB (10^9 bytes). `gpu` is a name, empty where no graphics card that models use was found."""

    ram_gb: float
    free_ram_gb: float
    free_disk_gb: float
    gpu: str
    gpu_gb: float
    camera: str


def look(folder: Path, run: Callable[[Sequence[str]], str] | None = None) -> Machine:
    """Look at the machine; the disk is the one that holds `folder`. `run` gives a command's output, "" if it fails."""
    import psutil

    memory = psutil.virtual_memory()
    gpu, gpu_gb = _gpu(run or _output, memory.total / _GB)
    disk = shutil.disk_usage(folder).free / _GB
    return Machine(memory.total / _GB, memory.available / _GB, disk, gpu, gpu_gb, _camera())


def _gpu(run: Callable[[Sequence[str]], str], ram_gb: float) -> tuple[str, float]:
    """The card's name and memory: what nvidia-smi or Linux's AMD driver says, or a Mac's memory, which is shared."""
    said = run(["nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader,nounits"])
    cards = [line.rsplit(",", 1) for line in said.splitlines() if "," in line]
    sized = [(name.strip(), float(mib) * 1024**2 / _GB) for name, mib in cards if mib.strip().isdigit()]
    sized += [("AMD graphics", size / _GB) for size in _amd_bytes()]
    if sized:
        return max(sized, key=lambda card: card[1])
    if (platform.system(), platform.machine()) == ("Darwin", "arm64"):
        # macOS lends about two thirds of the memory to its graphics.
        return "Apple graphics, shared memory", ram_gb * 2 / 3
    return "", 0.0


def _amd_bytes() -> list[int]:
    """The memory of each AMD card, which Linux's driver tells in a file."""
    texts = []
    for place in _CARDS.glob("card*/device/mem_info_vram_total"):
        with suppress(OSError):
            texts.append(place.read_text(encoding="ascii", errors="replace").strip())
    return [int(text) for text in texts if text.isdigit()]


def _camera() -> str:
    """The first camera that the system lists; opening one would switch its light on."""
    if platform.system() == "Linux":
        found = sorted(Path("/dev").glob("video*"))
        return str(found[0]) if found else ""
    return "not looked for on this system; labs ask for it when they need it"


def _output(command: Sequence[str]) -> str:
    if shutil.which(command[0]) is None:
        return ""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""
