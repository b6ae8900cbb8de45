"""A second start is quick and keeps everything; without root the hub runs too."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from hub_kit import needs_root, served

from dojo.catalog import course_root
from dojo.jupyter import free_port

pytestmark = [pytest.mark.slow, *needs_root]
# Become a person of this machine who owns one folder and to whom it lends user numbers: in a mount namespace, so
# that neither the person nor the numbers outlast the test.
AS_SOMEBODY = """
set -e
if [[ $PYTHON == /root/* ]]; then
    mkdir -p $PLACE/python && mount --bind $PYTHON $PLACE/python
    mount -t tmpfs -o mode=755 tmpfs /root && mkdir -p $PYTHON && mount --bind $PLACE/python $PYTHON
fi
cp /etc/passwd $PLACE/passwd
echo "somebody:x:4711:4711::$HOME:/bin/bash" >> $PLACE/passwd
mount --bind $PLACE/passwd /etc/passwd
for file in subuid subgid; do
    echo somebody:100000:65536 > $PLACE/$file
    [ -e /etc/$file ] || touch /etc/$file
    mount --bind $PLACE/$file /etc/$file
done
exec setpriv --reuid 4711 --regid 4711 --clear-groups "$@"
"""


def _contents(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Owner, rights and bytes of every file of people's."""
    files = [one for name in ("homes", "exchange", "local-ai-dojo") for one in (folder / name).rglob("*")]
    kept = [one for one in [*files, folder / "passwords.csv", folder / "roster.csv"] if one.is_file()]
    return {str(one): (one.stat().st_uid, one.stat().st_mode, one.read_bytes()) for one in kept}


def test_a_second_start_makes_nothing_again_and_keeps_everything(tmp_path: Path) -> None:
    with served(tmp_path / "class") as first:
        assert "Releasing lab 1" in first.said
    work = tmp_path / "class" / "homes" / "ada" / "work.txt"
    work.write_text("mine", encoding="utf-8")
    before = _contents(tmp_path / "class")
    with served(tmp_path / "class") as second:
        assert second.said.startswith("The class's JupyterHub is ready: http://127.0.0.1:")
        assert f"ada      student     {first.password('ada')}" in second.said
    assert _contents(tmp_path / "class") == before


def test_a_killed_start_takes_its_hub_with_it(tmp_path: Path) -> None:
    with served(tmp_path / "class") as one:
        children = psutil.Process(one.pid).children(recursive=True)
        assert {child.name() for child in children} >= {"traefik"}
        os.kill(one.pid, signal.SIGKILL)
        assert psutil.wait_procs(children, timeout=90)[1] == []
    with served(tmp_path / "class", int(one.url.rpartition(":")[2])) as again:
        assert again.url == one.url


@pytest.mark.skipif(not shutil.which("newuidmap"), reason="uidmap is not installed (Debian: apt install uidmap)")
def test_a_teacher_without_root_serves_people_with_numbers_of_their_own(tmp_path: Path) -> None:
    place = Path("/tmp") / f"dojo-hub-test-{os.getpid()}"  # pytest's own folders are closed to other people
    home = place / "home"
    home.mkdir(parents=True)
    os.chown(home, 4711, 4711)
    environment = {**os.environ, "HOME": str(home), "PLACE": str(place), "PYTHON": sys.base_prefix, "USER": "somebody"}
    wrapped = ["unshare", "--mount", "bash", "-c", AS_SOMEBODY, "bash"]
    try:
        reach = [*wrapped, sys.executable, "-P", "-c", "import dojo"]
        if subprocess.run(reach, env=environment, cwd=course_root(), capture_output=True, check=False).returncode:
            pytest.skip(f"only root may read {course_root()} or {sys.base_prefix}, or may not mount")
        hub = [sys.executable, "-P", "-m", "dojo.hub", "--port", str(free_port(8300))]
        process = subprocess.Popen([*wrapped, *hub], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert process.stdout is not None
        said = b""
        for line in process.stdout:
            said += line
            if line.startswith(b"Stop it with Ctrl-C"):
                break
        process.terminate()
        process.wait(timeout=120)
        process.stdout.close()
        assert b"The class's JupyterHub is ready" in said, said
        owners = {one.name: one.stat().st_uid for one in (home / "dojo-hub" / "homes").iterdir()}
        assert owners == {"teacher": 119999, "ada": 120000, "grace": 120001}, "numbers lent, none of them the teacher's"
    finally:
        shutil.rmtree(place, ignore_errors=True)
