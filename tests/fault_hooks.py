"""Stop a process, or make a call fail, before its Nth step on the file system, for every N.

A step is a call of Python into the operating system. The interpreter reports each
(`sys.setprofile`), so that the code under test runs as it is. To be killed before
a step that only looks, or that opens a file, is to be killed before the next one
that changes something; errors may come from all of them.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import BuiltinMethodType, FrameType

_MODULES = {"posix", "io", "_io", "fcntl"}
_CHANGING = {"mkdir", "rmdir", "unlink", "remove", "rename", "replace", "chmod", "fsync", "flock"}
_LOOKING = {"open", "close", "scandir", "listdir", "lstat", "stat", "fstat"}
_WRITERS, _ON_WRITERS = {"BufferedWriter", "TextIOWrapper"}, {"write", "flush", "close", "__exit__"}

FINISHED, FAILED, FAILED_IN_CLEANUP, SURVIVED, INTERRUPTED, BUG = 0, 4, 5, 6, 130, 99


class Steps:
    """Counts steps, and does something before the one with that number."""

    def __init__(self, at: int, act: Callable[[], None], *, looking: bool = False) -> None:
        self.at, self.act = at, act
        self._calls = _CHANGING | _LOOKING if looking else _CHANGING
        self.count = 0
        self.in_cleanup = False

    @property
    def has_acted(self) -> bool:
        """Whether there was such a step."""
        return 0 < self.at <= self.count

    def run(self, work: Callable[[], object]) -> None:
        """Do the work and count."""
        sys.setprofile(self._look)
        try:
            work()
        finally:
            sys.setprofile(None)

    def _look(self, frame: FrameType, event: str, call: object) -> None:
        if event != "c_call" or not isinstance(call, BuiltinMethodType) or not self._is_step(call):
            return
        self.count += 1
        if self.count == self.at:
            self.in_cleanup = _is_cleaning(frame)
            self.act()

    def _is_step(self, call: BuiltinMethodType) -> bool:
        if call.__module__ in _MODULES:
            return call.__name__ in self._calls
        return type(call.__self__).__name__ in _WRITERS and call.__name__ in _ON_WRITERS


def killed() -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def in_child(work: Callable[[], int]) -> int | None:
    """What `work` returns in a child of this process; None if that was killed."""
    child = os.fork()
    if child == 0:
        code = BUG
        try:
            code = work()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return None if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def _is_cleaning(frame: FrameType | None) -> bool:
    """Whether the step is one of those that take away what was left."""
    while frame is not None:
        if frame.f_code.co_name in {"rmtree", "_rmtree_safe_fd"}:
            return True
        frame = frame.f_back
    return False
