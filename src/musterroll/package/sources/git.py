"""Ask git, as a reader only: no hook, filter, configured program or network, and no word that could be an option."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from musterroll.errors import Unavailable

_BLOCK = 1 << 18
# The repository is somebody else's too: it must not fetch what is missing, nor start a watcher of its own.
_SETTINGS = ("-c", "protocol.allow=never", "-c", "core.fsmonitor=false", "--no-replace-objects", "--no-pager")


def ask(folder: Path, *arguments: str) -> tuple[bytes | None, str]:
    """What `git` prints when run in `folder`, or None and its complaint in one line.

    Raises `Unavailable` if there is no git.
    """
    done = subprocess.run(  # noqa: S603 - a list of words, no shell
        _command(folder, *arguments), capture_output=True, stdin=subprocess.DEVNULL, env=_environment(), check=False
    )
    if done.returncode == 0:
        return done.stdout, ""
    lines = done.stderr.decode(errors="replace").splitlines() or [f"exit code {done.returncode}"]
    return None, lines[0].removeprefix("fatal: ")


class Blobs:
    """The raw content of objects, from one running `git cat-file`."""

    def __init__(self, process: subprocess.Popen[bytes], requests: IO[bytes], answers: IO[bytes]) -> None:
        self._process = process
        self._requests = requests
        self._answers = answers

    def read(self, object_id: str) -> Iterator[bytes]:
        """One blob, block by block; raises `Unavailable` if it is not in the repository (a partial clone)."""
        self._requests.write(f"{object_id}\n".encode())
        self._requests.flush()
        words = self._answers.readline().split()
        if len(words) != 3 or words[1] != b"blob":
            raise Unavailable(f"git does not have the object {object_id}; the clone is not complete")
        left = int(words[2])
        while left:
            block = self._answers.read(min(left, _BLOCK))
            if not block:
                raise Unavailable(f"git ended in the middle of the object {object_id}")
            left -= len(block)
            yield block
        self._answers.read(1)  # the line end behind it


@contextmanager
def blobs(folder: Path) -> Iterator[Blobs]:
    """Objects of the repository around `folder`; raises `Unavailable` if there is no git."""
    with subprocess.Popen(  # noqa: S603 - a list of words, no shell
        _command(folder, "cat-file", "--batch"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    ) as process:
        try:
            if process.stdin and process.stdout:
                yield Blobs(process, process.stdin, process.stdout)
        finally:
            process.kill()  # it may wait for us to read on


def _command(folder: Path, *arguments: str) -> list[str]:
    program = shutil.which("git")
    if program is None:
        raise Unavailable("git is not installed, so no revision can be opened")
    return [program, "-C", str(folder.absolute()), *_SETTINGS, *arguments]


def _environment() -> dict[str, str]:
    """Ours without what names another repository (inside a hook, GIT_DIR does) and without anybody to ask.

    Settings stay: a `safe.directory` may be among them.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or "CONFIG" in name}
    return {
        **kept,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "LC_ALL": "C",
    }
