"""The wall: each line that grader/sandbox.py calls covered, tried from within."""

from __future__ import annotations

import errno
import hashlib
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from marking import INSIDE, job, marked, said, step, supervisor, told

from dojo import offline
from dojo.catalog import course_root
from grader.probe import own_proc, sandbox_reason
from grader.sandbox import ENVIRONMENT, command
from grader.supervisor import Supervisor
from grader.walk import Walk

pytest_plugins = ("boxes",)
sees_proc = pytest.mark.skipif(not own_proc(), reason="this container refuses a /proc of its own")
pytestmark = pytest.mark.skipif(bool(sandbox_reason()), reason=sandbox_reason() or "there is a sandbox")

# Calls of the C library, for cells.
LIBC = "import ctypes, errno, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"


def staged(stage: Path, content: bytes) -> str:
    """Put a file of an assignment into the stage."""
    digest = hashlib.sha256(content).hexdigest()
    (stage / digest).write_bytes(content)
    return digest


# Files


@pytest.mark.parametrize("place", ["/usr/x", "/x", "/etc/x", "/dev/x", "/proc/sys/kernel/core_pattern", "{package}/x"])
def test_what_a_child_did_not_make_itself_is_read_only(boxed: Supervisor, place: str) -> None:
    path = place.format(package=course_root() / "dojo")
    text = f"try:\n    open({path!r}, 'w')\nexcept OSError as problem:\n    print(type(problem).__name__)"
    assert said(boxed, text) in ("OSError\n", "PermissionError\n", "FileNotFoundError\n")


def test_python_and_the_two_packages_are_there(boxed: Supervisor) -> None:
    assert said(boxed, "import dojo.verdict, grader.job, numpy; print('there')") == "there\n"


def test_the_course_the_labs_homes_and_the_stage_are_not_there(
    boxed: Supervisor, stage: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "solution.txt").write_text("42")
    wanted = [course_root() / "labs", tmp_path, stage, request.config.rootpath / "README.md"]
    text = f"import os\nprint([path for path in {[str(path) for path in wanted]} if os.path.exists(path)])\n"
    # A kit that lies in /tmp itself is shown there, and nothing beside it.
    own = [one.parts[2] for one in (course_root(), Path(sys.prefix)) if one.parts[1] == "tmp"]
    text += f"print(os.listdir('/home'), [one for one in os.listdir('/tmp') if one not in {own}])"
    assert said(boxed, text) == "[]\n['student'] []\n"


def test_a_hidden_folder_within_a_shown_one_is_empty(stage: Path, tmp_path: Path) -> None:
    hidden = tmp_path / "shown" / "course"
    hidden.mkdir(parents=True)
    (hidden / "gradebook.db").write_text("marks")
    (tmp_path / "shown" / "there").touch()
    with Supervisor(stage, child="standin", shown=[INSIDE, tmp_path / "shown"], hidden=[hidden], warm=()) as one:
        line = command(one._wall, ["true"])
    at = line.index(str(hidden))
    assert line[at - 1 : at + 3] == ["--tmpfs", str(hidden), "--remount-ro", str(hidden)]
    assert at > line.index(str(tmp_path / "shown"))


def test_an_assignments_files_are_there_and_each_child_has_a_copy_of_its_own(boxed: Supervisor, stage: Path) -> None:
    files = (("data/cases.json", staged(stage, b"[1, 2]")), ("words.txt", staged(stage, b"one two")))
    result = marked(
        boxed,
        step("change", "open('data/cases.json', 'w').write('[]'); print(open('words.txt').read())"),
        step("test", "print(open('data/cases.json').read())", "examiner", 1.0),
        data=files,
    )
    assert [told(cell) for cell in result.cells] == ["one two\n", "[1, 2]\n"]


def test_nothing_that_a_child_writes_outlasts_it(boxed: Supervisor) -> None:
    text = "import os\nfor place in ('.', '/tmp', '/dev/shm', os.path.expanduser('~')):\n"
    text += (
        "    path = place + '/left-behind'\n    print(os.path.exists(path), end=' ')\n    open(path, 'w').write('x')"
    )
    assert [said(boxed, text) for _ in range(2)] == ["False False False False "] * 2
    assert not Path("/tmp/left-behind").exists()


# Network


@pytest.fixture
def listener() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as one:
        yield one.getsockname()[1]


def test_there_is_no_network_but_a_loopback_of_its_own(boxed: Supervisor, listener: int) -> None:
    text = (
        "import socket\nprint([name for _, name in socket.if_nameindex()])\n"
        f"for place in (('127.0.0.1', {listener}), ('192.0.2.1', 80)):\n"
        "    try:\n        socket.create_connection(place, timeout=5)\n        print('connected')\n"
        "    except OSError as problem:\n        print('no')\n"
        "with socket.create_server(('127.0.0.1', 0)) as own:\n"
        "    socket.create_connection(own.getsockname()).close()\n    print('own')"
    )
    assert said(boxed, text) == "['lo']\nno\nno\nown\n"


def test_the_examiner_can_not_be_reached_over_its_loopback(boxed: Supervisor) -> None:
    served = "import socket\nserver = socket.create_server(('127.0.0.1', 5001))"
    asked = "try:\n    __import__('socket').create_connection(('127.0.0.1', 5001), 2)\nexcept OSError:\n    print('no')"
    result = marked(boxed, step("serve", served, "examiner", 0.0), step("ask", asked))
    assert told(result.cells[1]) == "no\n"


def test_an_abstract_socket_of_the_machine_is_out_of_reach(boxed: Supervisor) -> None:
    name = f"\0dojo-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(name)
        one.listen()
        text = "import socket\ntry:\n    socket.socket(socket.AF_UNIX).connect(" + repr(name)
        assert said(boxed, text + ")\nexcept OSError as problem:\n    print('no')") == "no\n"


# Processes


@sees_proc
def test_a_child_sees_and_reaches_no_process_but_its_own(boxed: Supervisor) -> None:
    text = "import os, signal\nprint(os.getpid(), os.getppid(), [n for n in os.listdir('/proc') if n.isdigit()])\n"
    text += "print(open(f'/proc/{os.getppid()}/cmdline').read().strip(chr(0)))\n"
    text += "for number in (-1, os.getppid()):\n"
    text += "    try:\n        os.kill(number, signal.SIGKILL)\n    except OSError:\n        pass\nprint('alive')"
    assert [said(boxed, text) for _ in range(2)] == ["2 1 ['1', '2']\npython\nalive\n"] * 2


def test_no_signal_from_inside_ends_the_first_process_of_a_childs_namespace(boxed: Supervisor) -> None:
    text = "import os, signal\nfor one in signal.valid_signals():\n"
    text += "    try:\n        os.kill(1, one)\n    except OSError:\n        pass\nprint('alive')"
    for _ in range(2):
        # The next submission's is made by the process whose memory the first one's shares.
        assert said(boxed, text) == "alive\n"


def test_a_signal_to_a_childs_process_group_reaches_no_other(boxed: Supervisor) -> None:
    before = said(boxed, "print()") and boxed._nursery
    text = "import os, signal\nos.kill(0, signal.SIGKILL)"
    assert marked(boxed, step("group", text), step("next", "print('goes on')")).cells[1].verdict == "passed"
    assert boxed._nursery is before


@sees_proc
def test_a_process_whose_parent_has_ended_is_taken_leave_of(boxed: Supervisor) -> None:
    text = (
        "import os, time\nif os.fork() == 0:\n    if os.fork() == 0:\n        os._exit(0)\n    os._exit(0)\nos.wait()\n"
    )
    text += "until = time.time() + 10\nwhile len([n for n in os.listdir('/proc') if n.isdigit()]) > 2:\n"
    text += "    assert time.time() < until\nprint('gone')"
    assert said(boxed, text) == "gone\n"


def test_all_that_a_child_started_ends_with_it(boxed: Supervisor) -> None:
    seconds = f"{1000 + os.getpid() / 1e7:.7f}"
    text = f"import subprocess\nsubprocess.Popen(['sleep', '{seconds}'], start_new_session=True)\nprint('started')"
    assert said(boxed, text) == "started\n"
    until = time.monotonic() + 10
    while any(seconds in one.info["cmdline"] for one in psutil.process_iter(["cmdline"]) if one.info["cmdline"]):
        assert time.monotonic() < until
        threading.Event().wait(0.02)


def test_a_child_has_the_core_that_it_was_given_and_can_not_leave_it(stage: Path) -> None:
    core = max(os.sched_getaffinity(0))
    text = "import os\nprint(os.sched_getaffinity(0), end=' ')\n"
    text += "for number in range(os.cpu_count()):\n    try:\n        os.sched_setaffinity(0, {number})\n"
    text += "    except PermissionError:\n        pass\nif os.fork() == 0:\n    os._exit(0)\n"
    text += "print(os.sched_getaffinity(0))"
    with supervisor(stage, core=core) as one:
        assert said(one, text) == f"{{{core}}} {{{core}}}\n"
    assert len(os.sched_getaffinity(0)) == 1 or core != min(os.sched_getaffinity(0))


# Rights


@sees_proc
def test_a_child_has_no_capability_and_is_not_root_outside(boxed: Supervisor) -> None:
    text = "lines = dict(line.split(':', 1) for line in open('/proc/self/status'))\n"
    text += "print(*(int(lines[name], 16) for name in ('CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb')))\n"
    text += "print(lines['NoNewPrivs'].strip(), lines['Uid'].split()[1], open('/proc/self/uid_map').read().split()[1:])"
    assert said(boxed, text) == "0 0 0 0 0\n1 1000 ['0', '1']\n"


@sees_proc
def test_seen_from_outside_a_child_is_an_ordinary_user(boxed: Supervisor) -> None:
    assert said(boxed, "print()") == "\n"
    walk = Walk(job(mode="kernel"), boxed._fork, ())
    try:
        walk._begin()
        (kernel,) = walk._alive.values()
        status = Path(f"/proc/{kernel._pid}/status").read_text()
    finally:
        walk.close()
    assert status.split("Uid:")[1].split()[0] != "0"


@pytest.mark.parametrize(
    "call",
    [
        "libc.unshare(0x10000000)",
        "libc.setns(3, 0)",
        "libc.mount(b'tmpfs', b'/tmp', b'tmpfs', 0, None)",
        "libc.umount2(b'/proc', 2)",
        "libc.ptrace(0, 0, 0, 0)",
        "libc.syscall(56 if os.uname().machine == 'x86_64' else 220, 0x10000000 | 17, 0, 0, 0, 0)",
        "libc.memfd_create(b'x', 0)",
        "libc.shmget(0, 4096, 0o1600)",
        "libc.setuid(0)",
        "libc.sethostname(b'x', 1)",
        "libc.chroot(b'/tmp')",
    ],
)
def test_a_call_that_reaches_out_is_refused(boxed: Supervisor, call: str) -> None:
    text = f"{LIBC}result = {call}\nprint(result, errno.errorcode[ctypes.get_errno()])"
    assert said(boxed, text) in ("-1 EPERM\n", "-1 ENOSYS\n", "-1 EACCES\n", "-1 EINVAL\n")


def test_a_set_uid_program_gives_no_rights(boxed: Supervisor) -> None:
    text = "import subprocess, shutil\npath = shutil.which('su') or shutil.which('mount')\n"
    text += (
        "print(subprocess.run([path, '--bind', '/usr', '/tmp'], capture_output=True).returncode != 0 if path else True)"
    )
    assert said(boxed, text) == "True\n"


# Environment


def test_the_environment_holds_nothing_of_the_instructors(
    stage: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("API_TOKEN", "secret")
    with supervisor(stage) as one:
        names = set(said(one, "import os\nprint(*os.environ)").split())
    kit = set(offline.environment(tmp_path))
    assert names <= {*ENVIRONMENT, *kit, "PYTHONPATH", "PWD", "LC_CTYPE"}


@sees_proc
def test_the_only_open_files_are_the_childs_own_channels(boxed: Supervisor) -> None:
    text = "import os\nfor number in range(50):\n    try:\n        path = os.readlink(f'/proc/self/fd/{number}')\n"
    assert (
        said(boxed, text + "        print(path.split('[')[0])\n    except OSError:\n        pass")
        == "/dev/null\n" * 3 + "socket:\n" * 2
    )


# Limits


def test_memory_beyond_the_limit_is_refused(boxed: Supervisor) -> None:
    cells = (step("small", "x = bytearray(50 << 20)"), step("big", "x = bytearray(500 << 20)"))
    result = marked(boxed, *cells, memory=200 << 20)
    assert [(cell.verdict, cell.error) for cell in result.cells] == [("passed", ""), ("failed", "MemoryError")]


def test_the_memory_of_all_processes_together_is_watched(boxed: Supervisor) -> None:
    text = "import os, time\nfor _ in range(4):\n    if os.fork() == 0:\n"
    text += "        x = bytearray(b'1') * (40 << 20)\n        time.sleep(60)\ntime.sleep(60)"
    result = marked(boxed, step("together", text), step("next", "print('goes on')"), memory=100 << 20)
    assert [cell.verdict for cell in result.cells] == ["memory", "passed"]
    assert result.cells[0].message == "It used more than 0.0977 GB of memory."


def test_processes_and_threads_beyond_the_limit_are_refused(boxed: Supervisor) -> None:
    text = "import os, time\ncount = 0\ntry:\n    while count < 100:\n"
    text += "        if os.fork() == 0:\n            time.sleep(60)\n        count += 1\n"
    text += "except OSError:\n    pass\nprint(count)"
    assert int(said(boxed, text, processes=12)) <= 12
    threads = "import threading\nevent = threading.Event()\ncount = 0\ntry:\n    while count < 100:\n"
    threads += "        threading.Thread(target=event.wait, daemon=True).start()\n        count += 1\n"
    assert int(said(boxed, threads + "except RuntimeError:\n    pass\nprint(count)", processes=12)) <= 12


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("held = [open('/dev/null') for _ in range(100)]", errno.EMFILE),
        ("open('big', 'wb').write(bytes(3 << 20))", errno.EFBIG),
        ("for n in range(20):\n    open(str(n), 'wb').write(bytes(1 << 20))", errno.ENOSPC),
        ("for n in range(20000):\n    open(str(n), 'w').close()", errno.ENOSPC),
    ],
    ids=["open files", "size of a file", "disk", "number of files"],
)
def test_files_beyond_the_limits_are_refused(boxed: Supervisor, text: str, number: int) -> None:
    cell = marked(boxed, step("cell", text), files=50, file_size=2 << 20, disk=8 << 20).cells[0]
    assert (cell.verdict, cell.error, f"[Errno {number}]" in cell.message) == ("failed", "OSError", True)


def test_there_are_no_core_dumps(boxed: Supervisor) -> None:
    assert said(boxed, "import resource\nprint(resource.getrlimit(resource.RLIMIT_CORE))") == "(0, 0)\n"


@sees_proc
def test_a_child_is_the_first_that_a_machine_without_memory_ends(boxed: Supervisor) -> None:
    assert said(boxed, "print(open('/proc/self/oom_score_adj').read())") == "1000\n\n"
