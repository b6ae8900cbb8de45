"""Libraries are used once before the forks: that leaves no thread behind, and stops at nothing that one lacks."""

from __future__ import annotations

import subprocess
import sys

import pytest

USE = """
import os
import cv2
import PIL.Image
from grader.rehearsal import use_libraries

cv2.setNumThreads(1)
before = len(os.listdir("/proc/self/task"))
use_libraries()
del cv2.putText
use_libraries()
print(len(os.listdir("/proc/self/task")) - before, "PNG" in PIL.Image.SAVE)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there are children forked")
def test_libraries_are_used_without_a_thread_left_and_whatever_they_lack() -> None:
    done = subprocess.run([sys.executable, "-c", USE], capture_output=True, text=True, check=False)
    assert done.stdout == "0 True\n", done.stderr
