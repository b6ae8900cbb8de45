"""Seconds from `start.py lab` to a served JupyterLab, once everything is installed.

    python benchmarks/startup.py

Installs first if needed, starts the lab once unmeasured (it builds the workspace), then three times with a clock.
"Served" means that the address which the command prints answers with JupyterLab's page.
"""

import os
import platform
import re
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from datetime import date
from pathlib import Path

START = Path(__file__).parent.parent / "start.py"
RUNS = 3
PATIENCE = 180.0  # seconds; a start that takes longer counts as failed


def main() -> int:
    subprocess.run([sys.executable, str(START), "setup"], check=True)
    seconds = [seconds_to_lab(free_port()) for _ in range(1 + RUNS)][1:]
    machine = f"{os.cpu_count()} CPUs, {platform.platform(terse=True)}, Python {platform.python_version()}"
    report = (
        f"{date.today().isoformat()}, {machine}\n"
        f"start.py lab to JupyterLab, {RUNS} runs, seconds: min {min(seconds):.1f}, "
        f"median {statistics.median(seconds):.1f}, max {max(seconds):.1f}"
    )
    print(report)  # noqa: T201 - a benchmark's product
    return 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def seconds_to_lab(port: int) -> float:
    """Start the lab on `port`, wait until it serves its page, stop it."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, str(START), "lab", "--no-browser", "--port", str(port)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,  # so that stopping reaches all that it started
    )
    said: list[str] = []
    listener = threading.Thread(target=listen, args=(process, said), daemon=True)
    listener.start()
    try:
        while time.monotonic() - began < PATIENCE:
            if process.poll() is not None:
                raise SystemExit(f"start.py lab ended with {process.returncode}:\n{''.join(said)}")
            if serves(address_in(said, port)):
                return time.monotonic() - began
            time.sleep(0.05)
        raise SystemExit(f"No JupyterLab on port {port} after {PATIENCE:.0f} s:\n{''.join(said)}")
    finally:
        stop(process)
        listener.join(20)  # it ends when the last process that could print has gone, so runs do not overlap


def listen(process: "subprocess.Popen[str]", said: list[str]) -> None:
    """Keep what the process prints; a pipe that nobody reads would stop it."""
    for line in process.stdout or ():
        said.append(line)


def address_in(said: list[str], port: int) -> str | None:
    """The first address on our port, with its token where it has one."""
    found = re.search(rf"http://(?:127\.0\.0\.1|localhost):{port}/\S*", "".join(said))
    return found.group() if found else None


def serves(address: str | None) -> bool:
    if address is None:
        return False
    try:
        with urllib.request.urlopen(address, timeout=5) as page:
            return page.status == 200 and b"JupyterLab" in page.read()
    except OSError:
        return False


def stop(process: "subprocess.Popen[str]") -> None:
    """Ask the lab and all that it started to end; insist after a while."""
    for name in ("SIGTERM", "SIGKILL"):
        if os.name == "posix":
            try:
                os.killpg(process.pid, getattr(signal, name))
            except ProcessLookupError:
                return
        else:
            process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            continue
        return


if __name__ == "__main__":
    sys.exit(main())
