"""Write what was drafted: all files or none, the descriptor last."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from musterroll.drafting.edit import TableEdit
from musterroll.drafting.unfit import Unfit
from musterroll.errors import Unavailable
from musterroll.package.atomic import write_atomically
from musterroll.package.descriptor import DESCRIPTOR, Package, Resource
from musterroll.package.json_editor import set_values
from musterroll.package.json_reader import Pointer


@dataclass(frozen=True)
class NewFile:
    """A file of the package, before and after."""

    path: str
    old: bytes
    new: bytes


def new_files(package: Package, edits: Sequence[TableEdit]) -> list[NewFile]:
    """The files that the edits change, and last the descriptor with their true `hash` and `bytes`.

    Raises `Unfit` if a file serves two tables.
    """
    values: dict[Pointer, str | int] = {}
    files = []
    for edit in edits:
        resource = _resource(package, edit)
        at = ("resources", resource.index)
        values[*at, "hash"] = f"sha256:{hashlib.sha256(edit.data).hexdigest()}"
        values[*at, "bytes"] = len(edit.data)
        files.append(NewFile(edit.table.file, edit.table.data, edit.data))
    descriptor = package.document.text.encode()
    return [*files, NewFile(DESCRIPTOR, descriptor, set_values(package.document, values).encode())]


@contextmanager
def held(root: Path) -> Iterator[None]:
    """Keep a folder to oneself from reading to writing, so that two at once do not take the same id."""
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def write_files(root: Path, files: Sequence[NewFile]) -> None:
    """Write the files in their order; if one fails, those before it are taken back.

    A machine that stops in between leaves rows whose hash is not yet declared:
    `muster validate` says so and `muster fmt` mends it. Raises `Unavailable` if a
    file cannot be written, or was changed by somebody else since it was read; the
    message says so if something could not be taken back.
    """
    written: list[NewFile] = []
    try:
        for file in files:
            if (root / file.path).read_bytes() != file.old:
                raise Unavailable(f"{root / file.path}: the file was changed meanwhile; nothing is written")
            write_atomically(root / file.path, file.new)
            written.append(file)
    except (Unavailable, KeyboardInterrupt) as error:
        _take_back(root, written, str(error) or "interrupted")
        raise


def _take_back(root: Path, written: Sequence[NewFile], why: str) -> None:
    stuck = []
    for file in reversed(written):
        try:
            write_atomically(root / file.path, file.old)
        except Unavailable:
            stuck.append(file.path)
    if stuck:
        names = ", ".join(stuck)
        raise Unavailable(f"{why}; {names} could not be taken back: muster fmt completes it, git checkout undoes it")


def _resource(package: Package, edit: TableEdit) -> Resource:
    serving = [item for item in package.resources if edit.table.file in item.files]
    if len(serving) != 1:
        raise Unfit(f"{edit.table.file} serves {len(serving)} tables, so no row of one can be told from the other's")
    return serving[0]
