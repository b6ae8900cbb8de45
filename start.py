"""Set up the Local AI Dojo and run it. Needs Python 3.11, 3.12 or 3.13 and nothing else.

    python start.py lab  [--no-browser] [--port N]   open the course in JupyterLab
    python start.py test [pytest's arguments]        run the tests (--all: the slow ones too)
    python start.py hub  [--port N] [--lan]          a JupyterHub for a class, on Linux
    python start.py setup                            only install

Add --locked to install the exact versions in requirements.lock, so that a whole class has the same.
On Windows type "py" for "python". Everything goes into the folder .venv beside this file.
"""
# Python 3.6 must be able to read this file, if only to say that it is too old: no newer syntax, no newer imports.

import hashlib
import http.client
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Callable, Dict, List, NamedTuple, Optional, Sequence, Tuple

ROOT = Path(__file__).resolve().parent
OLDEST, NEWEST = (3, 11), (3, 13)
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
SPACE_WITH_CUDA, SPACE_WITHOUT = 10, 3  # GB at the peak, downloads included; only plain torch on Linux brings CUDA
AGAIN = "then run the same command again"


class CannotStartError(Exception):
    """Something is missing; the text is the one sentence that the user sees."""


class Found(NamedTuple):
    """What the Python inside .venv says of itself."""

    python: Tuple[int, ...]
    pip: Tuple[int, ...]


def main(arguments: Sequence[str], version: Sequence[int] = sys.version_info[:2]) -> int:
    """Do one command: 0 done, 1 something is missing, 2 wrong usage, 130 stopped by Ctrl-C."""
    command, words = (arguments[0] if arguments else "--help"), list(arguments[1:])
    if command in ("help", "-h", "--help"):
        print(__doc__)
        return 0
    if command not in ("lab", "test", "hub", "setup"):
        print(f"start.py knows lab, test, hub and setup, not {command!r}.", file=sys.stderr)
        return 2
    locked = "--locked" in words
    quick = [] if "--all" in words or os.environ.get("CI") else ["-m", "not slow"]
    rest = [word for word in words if word not in ("--locked", "--all")]
    try:
        check_python(version)
        fresh = set_up(extra={"test": "dev", "hub": "hub"}.get(command, ""), locked=locked)
        if command == "lab":
            return hand_over([str(program("dojo")), "lab", *rest])
        if command == "hub":
            return hand_over([str(program("python")), "-P", "-m", "dojo.hub", *rest])
        if command == "test":
            return hand_over([str(program("python")), "-m", "pytest", *quick, *rest])
        print("Ready." if fresh else "Ready; all was installed already.", "Next: make lab, or python start.py lab")
        return 0
    except CannotStartError as problem:
        print(f"\n{problem}", file=sys.stderr)
    except OSError as problem:  # a folder that is read-only, or held open by a running JupyterLab, ...
        print(f"\nSet-up cannot go on ({problem}): put that right, {AGAIN}.", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped; nothing is lost, the same command goes on from here.", file=sys.stderr)
        return 130
    return 1


def check_python(version: Sequence[int]) -> None:
    """Refuse a Python that the kit's packages do not support."""
    if not OLDEST <= tuple(version[:2]) <= NEWEST:
        age = "old" if tuple(version[:2]) < OLDEST else "new"
        raise CannotStartError(
            f"Python {version[0]}.{version[1]} is too {age} for the dojo: get Python 3.12 from "
            "https://www.python.org/downloads/, then run: python3.12 start.py lab (Windows: py -3.12 start.py lab; "
            "with make: make lab PYTHON=python3.12)."
        )


def set_up(extra: str, locked: bool) -> bool:
    """Make .venv hold the kit; True if something had to be installed."""
    found = inspect()
    if found and is_installed(found.python, extra, locked):
        return False
    found = found or make_environment()
    stamp = read_stamp()
    stamp_file().unlink(missing_ok=True)  # from here to the new stamp, whatever stops us, the next run goes on
    problem = install(found, extra, locked)
    if stamp and not extra and problem.startswith("No network"):
        stamp_file().write_text("\n".join(stamp), encoding="utf-8")
        print("No network, so the newest packages wait: going on with what is installed.", flush=True)
        return False
    if problem:
        raise CannotStartError(problem)
    check_imports()
    stamp_file().write_text(f"{stamp_of(found.python, extra, locked)}\n{ROOT}\n", encoding="utf-8")
    return True


def install(found: Found, extra: str, locked: bool) -> str:
    """Let pip bring the packages and the kit; returns what went wrong, in one sentence, or ""."""
    wheels = cpu_wheels(found.python)
    if holds("torch-*"):  # the large part is here
        expect = "a minute or less"
    else:
        space = SPACE_WITHOUT if wheels or platform.system() != "Linux" else SPACE_WITH_CUDA
        check_space(space)
        expect = f"about 2 minutes where the network is fast, up to {space} GB"
    print(f"Installing ({expect}); what pip says is in .venv/install.log ...", flush=True)
    (venv() / "install.log").write_bytes(b"")
    if wheels:
        print("No NVIDIA GPU here: taking PyTorch's CPU build, which saves 4 GB.", flush=True)
        if pip(["--no-deps", *wheels], found.pip):
            print("The CPU build did not come through: taking the plain packages.", flush=True)
    kit = ["-e", ".[{}]".format(extra) if extra else "."]
    if pip([*kit, "-c", "requirements.lock"] if locked else kit, found.pip) == 0:
        return ""
    return why_pip_failed((venv() / "install.log").read_text(encoding="utf-8", errors="replace"))


# The environment -----------------------------------------------------------------------------------------------------


def venv() -> Path:
    return ROOT / ".venv"


def program(name: str) -> Path:
    """A program inside .venv."""
    return venv() / "Scripts" / (name + ".exe") if os.name == "nt" else venv() / "bin" / name


def environment() -> Dict[str, str]:
    """What activating .venv would set, so that a terminal inside JupyterLab finds `dojo` too."""
    kept = {name: text for name, text in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    folder = str(program("python").parent)
    return dict(kept, VIRTUAL_ENV=str(venv()), PATH=folder + os.pathsep + os.environ.get("PATH", os.defpath))


def inspect() -> Optional[Found]:
    """Ask .venv's Python which Python and which pip it is; None where .venv has to be made (again)."""
    question = "import sys, pip; print(*sys.version_info[:2], *pip.__version__.split('.')[:2])"
    try:
        answer = subprocess.run(
            [str(program("python")), "-c", question], env=environment(), check=True, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        ).stdout
        numbers = tuple(int(word) for word in answer.split())
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None
    # Programs in .venv hold its path: in a clone that was copied or renamed they would run the old clone's kit.
    moved = read_stamp()[1:] not in ([], [str(ROOT)])
    return Found(numbers[:2], numbers[2:]) if OLDEST <= numbers[:2] <= NEWEST and not moved else None


def make_environment() -> Found:
    """Make .venv; one that is there and does not work goes first, and nothing outside it."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        raise CannotStartError(f"This Python comes without its venv module: run sudo apt install {package}, {AGAIN}.")
    if venv().exists() or venv().is_symlink():
        print("The folder .venv is unfinished, moved, or made by a Python that is gone: making it again.")
        if venv().is_dir() and not venv().is_symlink():
            shutil.rmtree(str(venv()))
        else:
            venv().unlink()  # a link goes, what it points to stays
    print("Making the environment .venv (some seconds) ...", flush=True)
    python = getattr(sys, "_base_executable", "") or sys.executable  # ours may have been in the .venv just removed
    made = subprocess.run(
        [python, "-m", "venv", str(venv())], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    found = inspect()
    if made.returncode or not found:
        last = (made.stdout.strip().splitlines() or ["its pip does not answer"])[-1]
        raise CannotStartError(f"Python could not make the environment .venv ({last}): put that right, {AGAIN}.")
    return found


def hand_over(command: List[str]) -> int:
    """Run `command` in .venv in our place, so that Ctrl-C reaches it and nobody else."""
    sys.stdout.flush()
    if os.name == "posix":
        os.chdir(str(ROOT))
        os.execve(command[0], command, environment())
    process = subprocess.Popen(command, env=environment(), cwd=str(ROOT))
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # Windows sends it to both of us; the program decides when it is done


# The stamp: what is installed, for which folder ----------------------------------------------------------------------


def stamp_file() -> Path:
    return venv() / "dojo-stamp"


def read_stamp() -> List[str]:
    return stamp_file().read_text(encoding="utf-8").splitlines() if stamp_file().is_file() else []


def stamp_of(python: Sequence[int], extra: str, locked: bool) -> str:
    """A hash of all that decides what gets installed."""
    files = ["pyproject.toml"] + (["requirements.lock"] if locked else [])
    parts = [(ROOT / name).read_bytes() for name in files] + [repr((tuple(python), extra)).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_installed(python: Sequence[int], extra: str, locked: bool) -> bool:
    """True where the stamp fits; more than is asked for (what a hub or tests need, exact versions) fits too."""
    more_than = {"": ("", "hub", "dev"), "hub": ("hub", "dev"), "dev": ("dev",)}
    fitting = [stamp_of(python, more, exact) for more in more_than[extra] for exact in {locked, True}]
    return bool(read_stamp()) and read_stamp()[0] in fitting


# PyTorch -------------------------------------------------------------------------------------------------------------


def fetch(address: str) -> str:
    """A web page, or "" where it does not answer within some seconds: asking is never an error."""
    try:
        with urllib.request.urlopen(address, timeout=4) as page:
            return str(page.read().decode("utf-8", "replace"))
    except (OSError, ValueError, http.client.HTTPException):
        return ""


def has_nvidia() -> bool:
    return Path("/proc/driver/nvidia/version").exists() or shutil.which("nvidia-smi") is not None


def holds(package: str) -> bool:
    """True where .venv holds it, as in holds("torch-*")."""
    folder = "Lib" if os.name == "nt" else "lib/python3*"
    return any(venv().glob(f"{folder}/site-packages/{package}.dist-info"))


def cpu_wheels(
    python: Sequence[int],
    page: Callable[[str], str] = fetch,
    system: str = platform.system(),
    machine: str = platform.machine(),
) -> List[str]:
    """Addresses of PyTorch's CPU wheels to install; none where the plain packages are right or are all there is.

    torch and torchvision work only as a pair from one place, so it is both or none, in the versions that
    requirements.lock pairs, and by address, so that pip cannot take one of them from somewhere else.
    """
    plain = holds("torch-*") and not holds("torch-*+cpu")
    if system != "Linux" or machine not in ("x86_64", "aarch64") or has_nvidia() or plain:
        return []
    wheels = cpu_links(python, page, machine)
    return [wheel for name, version, wheel in wheels if not holds(f"{name}-{version}+cpu")]


def cpu_links(python: Sequence[int], page: Callable[[str], str], machine: str) -> List[Tuple[str, str, str]]:
    """Name, version and address of the wheels of the pair's CPU build for Linux; none where one can't be had."""
    lock, links = (ROOT / "requirements.lock").read_text(encoding="utf-8"), []
    for name in ("torch", "torchvision"):
        index = f"{CPU_INDEX}/{name}/"
        version = "".join(re.findall(rf"^{name}==([\w.]+)", lock, re.MULTILINE)[:1])
        tag = r"(?:cp{0}{1}-cp{0}{1}|py3-none|cp3\d+-abi3)".format(*python)
        file = rf"{name}-{re.escape(version)}(?:(?:%2B|\+)cpu)?-{tag}-[\w.]*{machine}\.whl"
        link = re.search(rf'href="((?:[^"]*/)?{file}(?:#[^"]*)?)"', page(index))
        if not link:
            return []
        links.append((name, version, urllib.parse.urljoin(index, link.group(1))))
    return links


# pip -----------------------------------------------------------------------------------------------------------------


def free_space() -> float:
    return shutil.disk_usage(str(ROOT)).free / 1e9


def check_space(needed: int) -> None:
    free = free_space()
    if free < needed:
        raise CannotStartError(
            f"Installing here takes up to {needed} GB and this disk has {free:.1f} GB free: free some space, {AGAIN} "
            f"(the kit takes {SPACE_WITH_CUDA} GB with PyTorch for NVIDIA GPUs, {SPACE_WITHOUT} GB without)."
        )


def pip(arguments: List[str], version: Tuple[int, ...]) -> int:
    """Run `pip install`, its words going to the log and a line of progress to the screen; returns pip's exit code."""
    parts = venv() / "parts"  # downloads lie here, because /tmp is often small and in memory
    shutil.rmtree(str(parts), ignore_errors=True)
    parts.mkdir()
    counted = ["--progress-bar", "raw"] if version >= (24, 1) else []  # numbers that we can read
    frugal = ["--no-cache-dir"] if free_space() < 2 * SPACE_WITH_CUDA else []  # the cache would take 3 GB more
    command = [str(program("python")), "-m", "pip", "install", "--disable-pip-version-check"]
    folders = {name: str(parts) for name in ("TMPDIR", "TEMP", "TMP")}
    with (venv() / "install.log").open("ab") as log:
        start = log.tell()
        process = subprocess.Popen(
            [*command, *counted, *frugal, *arguments], cwd=str(ROOT),
            env=dict(environment(), PYTHONUNBUFFERED="1", **folders),
            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
        )
        try:
            show_progress(process, start)
        finally:
            if process.poll() is None:
                process.terminate()
            code = process.wait()
            shutil.rmtree(str(parts), ignore_errors=True)
    return code


def show_progress(process: "subprocess.Popen[bytes]", start: int) -> None:
    """Until pip ends, say each second on one line what it does; where nobody watches, a line now and then."""
    began, said, watched = time.monotonic(), 0.0, sys.stdout.isatty()
    with (venv() / "install.log").open(encoding="utf-8", errors="replace") as log:
        log.seek(start)
        doing = "starting pip"
        while True:
            try:
                process.wait(timeout=1)
                break
            except subprocess.TimeoutExpired:
                seconds = time.monotonic() - began
            for line in log:
                doing = in_short(line, doing)
            if watched:
                print(f"\r{seconds:5.0f} s  {doing[:68]:68}", end="", flush=True)
            elif seconds - said > 15:
                said = seconds
                print(f"{seconds:5.0f} s  {doing}", flush=True)
    if watched:
        print()


def in_short(line: str, before: str) -> str:
    """What one line of pip's output says is going on, or what was going on before it."""
    words = line.split()
    if line.startswith("Collecting "):
        return f"looking for {re.split(r'[^A-Za-z0-9._-]', words[1])[0]}"
    if words[:1] == ["Downloading"] and len(words) > 2:
        return "downloading {} {}".format(words[1].rsplit("/", 1)[-1].split("-")[0], " ".join(words[2:]).strip("()"))
    if words[:1] == ["Progress"] and len(words) == 4 and before.startswith("downloading"):
        done, size = int(words[1]) // 10**6, int(words[3]) // 10**6
        return "{} {} of {} MB".format(" ".join(before.split()[:2]), done, size)
    if line.startswith("Installing collected packages"):
        return f"unpacking {len(words) - 3} packages"
    return before


def why_pip_failed(log: str) -> str:
    """One sentence from pip's log."""
    if re.search(r"No space left on device|not enough space on the disk", log):
        return f"The disk is full: free some space, {AGAIN}."
    if re.search(r"NewConnectionError|NameResolutionError|ConnectTimeout|ProxyError|Network is unreachable", log):
        return f"No network, and not all that the kit needs is installed: connect to the internet, {AGAIN}."
    errors = re.findall(r"^ERROR: (.*)", log, re.MULTILINE)
    return f"pip could not install the kit ({errors[-1] if errors else 'it gave no reason'}): see .venv/install.log."


def check_imports() -> None:
    """Load the two packages that need more than pip can bring."""
    print("Checking that PyTorch and OpenCV load ...", flush=True)
    loaded = subprocess.run(
        [str(program("python")), "-c", "import cv2, torch, torchvision"], env=environment(), text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )
    if loaded.returncode:
        last = (loaded.stderr.strip().splitlines() or ["no reason given"])[-1]
        library = re.search(r"(lib[\w.+-]+\.so[\w.]*): cannot open shared object", last)
        if library:
            raise CannotStartError(
                f"OpenCV needs the system library {library.group(1)}: "
                f"run sudo apt install libgl1 libglib2.0-0, {AGAIN}."
            )
        raise CannotStartError(f"What was installed does not load ({last}): delete the folder .venv, {AGAIN}.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
