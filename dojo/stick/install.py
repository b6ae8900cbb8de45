"""Install the Local AI Dojo from this stick onto this computer, without a network.

    python install.py [FOLDER]      (Windows: py install.py)

FOLDER is where the course goes; without one, local-ai-dojo in your home. Run it again to bring the course up to date:
work in its workspace is never touched. This file lies at the top of the stick and needs Python and nothing else.
"""
# Python 3.6 must be able to read this file, if only to say that it is too old: no newer syntax, no newer imports.

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, Iterator, List, Sequence

STICK = Path(__file__).resolve().parent
SUMS, CONTENTS = "SHA256SUMS", "stick.json"
AGAIN = "then run the same command again"


class CannotInstallError(Exception):
    """Something is missing; the text is the one sentence that the user sees."""


def main(words: Sequence[str], version: Sequence[int] = sys.version_info[:2]) -> int:
    """Check the stick, then install: 0 done, 1 something is missing, 2 wrong usage, 130 stopped by Ctrl-C."""
    if len(words) > 1 or words[:1] in (["-h"], ["--help"]) or (words and words[0].startswith("-")):
        print(__doc__)
        return 0 if words[:1] in (["-h"], ["--help"]) else 2
    target = Path(words[0] if words else "~/local-ai-dojo").expanduser().absolute()
    try:
        contents = read_contents()
        wheels = fitting_wheels(contents, version)
        check_files(wheels, contents)
        install(target, wheels, str(contents["kit"]))
        copy_course(target)
        copy_models(target)
    except CannotInstallError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except OSError as problem:  # a full disk, a folder that is read-only, a stick that was pulled out, ...
        print(f"\nInstalling cannot go on ({problem}): put that right, {AGAIN}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"\nStopped; nothing is lost, {AGAIN}.", file=sys.stderr)
        return 130
    typed = str(program(target, "dojo"))
    print(f"\nReady. Open the course with:\n\n    {quoted(typed)} lab\n\nYour work will lie in {target / 'workspace'}.")
    return 0


def read_contents() -> Dict[str, Any]:
    """What the stick says is on it; a stick whose making was interrupted has no list of checksums yet."""
    if not (STICK / SUMS).is_file() or not (STICK / CONTENTS).is_file():
        raise CannotInstallError(
            f"{STICK} is not a whole stick ({SUMS} or {CONTENTS} is missing): let your teacher run "
            "dojo course bundle again, or copy the stick again."
        )
    try:
        found = json.loads((STICK / CONTENTS).read_text(encoding="utf-8"))
        return {"kit": str(found["kit"]), "wheels": dict(found["wheels"])}
    except (ValueError, KeyError, TypeError):
        raise CannotInstallError(f"{CONTENTS} can't be read: copy the stick again.") from None


def fitting_wheels(contents: Dict[str, Any], version: Sequence[int]) -> List[str]:
    """The wheels for this computer and this Python, or a sentence that says which Python the stick is for."""
    here = this_machine()
    python = f"{version[0]}.{version[1]}"
    known = contents["wheels"]
    if f"{here} {python}" in known:
        return list(known[f"{here} {python}"])
    pythons = sorted(key.split()[1] for key in known if key.split()[0] == here)
    if pythons:
        raise CannotInstallError(
            f"This stick is for Python {' or '.join(pythons)}, and this is Python {python}: run it with "
            f"{f'py -{pythons[-1]}' if here == 'windows' else f'python{pythons[-1]}'} install.py."
        )
    raise CannotInstallError(
        f"This stick has nothing for {here}; it serves {', '.join(sorted(known))}: let your teacher add this one with "
        "dojo course bundle --platform."
    )


def this_machine(system: str = platform.system(), processor: str = platform.machine()) -> str:
    """This kind of computer, as dojo course bundle names it."""
    if system == "Windows" and processor == "AMD64":
        return "windows"
    if system == "Darwin" and processor == "arm64":
        return "macos"
    if system == "Linux" and processor in ("x86_64", "aarch64"):
        return "linux" if processor == "x86_64" else "linux-arm"
    return f"{system} on {processor}"


def check_files(wheels: List[str], contents: Dict[str, Any]) -> None:
    """Compare every file that this computer needs with its checksum; each one that is broken or gone is named."""
    others = {name for some in contents["wheels"].values() for name in some} - set(wheels)
    sums = read_sums()
    needed = {name: digest for name, digest in sums.items() if name.partition("wheels/")[2] not in others}
    unlisted = [f"wheels/{name}" for name in wheels if f"wheels/{name}" not in sums]
    broken = [f"{name}: is in no list of checksums" for name in unlisted]
    for number, (name, digest) in enumerate(sorted(needed.items()), start=1):
        progress(f"Checking the stick, file {number} of {len(needed)}")
        path = STICK / name
        if not path.is_file():
            broken.append(f"{name}: is missing")
        elif digest_of(path) != digest:
            broken.append(f"{name}: is damaged")
    progress("\n")
    if broken:
        lines = "\n".join(f"  {line}" for line in broken)
        raise CannotInstallError(
            f"Nothing was installed, because of these files of the stick:\n{lines}\nCopy them again, {AGAIN}."
        )


def read_sums() -> Dict[str, str]:
    """The stick's list of checksums, by name."""
    lines = (STICK / SUMS).read_text(encoding="utf-8", errors="replace").splitlines()
    pairs = [line.split("  ", 1) for line in lines if line.strip()]
    if not pairs or any(len(pair) != 2 or len(pair[0]) != 64 for pair in pairs):
        raise CannotInstallError(f"{SUMS} can't be read: copy the stick again.")
    return {name: digest for digest, name in pairs}


def digest_of(path: Path) -> str:
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            for chunk in iter(lambda: file.read(1 << 20), b""):
                found.update(chunk)
    except OSError:  # a worn-out place on the stick
        return ""
    return found.hexdigest()


# Installing ----------------------------------------------------------------------------------------------------------


def install(target: Path, wheels: List[str], kit: str) -> None:
    """Make the environment, or use the one that is there, and let pip put the wheels into it."""
    if target.exists() and not target.is_dir():
        raise CannotInstallError(f"{target} is a file: name another folder, as in python install.py FOLDER.")
    ours = (target / CONTENTS).exists() or (target / ".venv").exists()
    if target.is_dir() and any(target.iterdir()) and not ours:
        raise CannotInstallError(f"{target} is there already and holds something else: name another folder.")
    target.mkdir(parents=True, exist_ok=True)
    python = program(target, "python")
    if not works(python):
        make_environment(target)
    print(f"Installing {len(wheels)} packages into {target} (some minutes) ...", flush=True)
    paths = [str(STICK / "wheels" / name) for name in wheels if name != kit]
    if paths:
        run_pip(python, target, paths)
    # The kit may have changed without a new number.
    run_pip(python, target, ["--force-reinstall", str(STICK / "wheels" / kit)])


def works(python: Path) -> bool:
    """Whether this Python runs, has pip, and is the version that runs us."""
    question = "import sys, pip; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([str(python), "-c", question], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return False
    return answer.stdout.decode().split() == [str(number) for number in sys.version_info[:2]]


def make_environment(target: Path) -> None:
    venv = target / ".venv"
    if venv.exists():
        print("The folder .venv is unfinished, moved, or of another Python: making it again.")
        shutil.rmtree(str(venv))
    made = subprocess.run([sys.executable, "-m", "venv", str(venv)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if made.returncode or not works(program(target, "python")):
        last = (made.stdout.decode(errors="replace").strip().splitlines() or ["its pip does not answer"])[-1]
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        raise CannotInstallError(
            f"Python could not make the environment {venv} ({last}): on Debian and Ubuntu the package {package} may be "
            f"missing; put that right, {AGAIN}."
        )


def run_pip(python: Path, target: Path, words: List[str]) -> None:
    """`pip install` from the stick alone: no index, no configuration of this computer's, nothing resolved anew."""
    log = target / "install.log"
    command = [str(python), "-m", "pip", "install", "--isolated", "--no-index", "--no-deps", "--no-cache-dir"]
    kept = {name: text for name, text in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    with log.open("ab") as out:
        code = subprocess.run(
            [*command, "--disable-pip-version-check", *words], stdout=out, stderr=subprocess.STDOUT, env=kept
        ).returncode
    if code:
        text = log.read_text(encoding="utf-8", errors="replace")
        errors = [line[7:] for line in text.splitlines() if line.startswith("ERROR: ")]
        raise CannotInstallError(f"pip could not install ({errors[-1] if errors else 'it gave no reason'}): see {log}.")


def copy_course(target: Path) -> None:
    """Put lessons and labs into place; they are the stick's, students' own work lies in the workspace."""
    for kind in ("labs", "lessons"):
        part = target / f".{kind}-part"
        shutil.rmtree(str(part), ignore_errors=True)
        shutil.copytree(str(STICK / "course" / kind), str(part))
        shutil.rmtree(str(target / kind), ignore_errors=True)
        part.rename(target / kind)
    shutil.copyfile(str(STICK / CONTENTS), str(target / CONTENTS))


def copy_models(target: Path) -> None:
    """Put carried models where the kit and Ollama look for them."""
    for path in gguf_files():
        place = target / "workspace" / "models" / path.name
        if not place.exists() or place.stat().st_size != path.stat().st_size:
            print(f"Copying the model {path.name} ...", flush=True)
            place.parent.mkdir(parents=True, exist_ok=True)
            part = place.with_name(place.name + ".part")
            shutil.copyfile(str(path), str(part))
            part.replace(place)
    ollama = STICK / "models" / "ollama"
    if ollama.is_dir():
        subprocess.run([str(program(target, "dojo")), "pull", "--from", str(ollama)])


def gguf_files() -> Iterator[Path]:
    yield from sorted((STICK / "models").glob("*.gguf"))


# Words ---------------------------------------------------------------------------------------------------------------


def program(target: Path, name: str) -> Path:
    """A program inside the environment."""
    return target / ".venv" / ("Scripts" if os.name == "nt" else "bin") / (name + (".exe" if os.name == "nt" else ""))


def quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path


def progress(text: str) -> None:
    """One line that is written over, where somebody watches."""
    if sys.stdout.isatty():
        print(f"\r{text}  ", end="", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
