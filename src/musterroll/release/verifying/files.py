"""Every file that `SHA256SUMS` lists has its bytes, and there is nothing else in the folder."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from musterroll.package.folder import Folder
from musterroll.package.problem import Rejected
from musterroll.release.checksums import SIGNATURE, SUMS
from musterroll.release.verifying.fault import Fault

_BLOCK = 1 << 20


@dataclass
class Files:
    """Size in bytes of every file that is as it should be, and what is wrong with the others."""

    sizes: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_files(folder: Folder, sums: Mapping[str, str], on_step: Callable[[str], None] = lambda _: None) -> Files:
    """Hash every file that is listed, block by block, and look for what is not; no link is followed.

    Raises `Unavailable` if permission is lacking.
    """
    files = Files(faults=list(_extras(folder, set(sums) | {SUMS, SIGNATURE})))
    for path, sha256 in sums.items():
        on_step(path)
        try:
            size, found = measured(folder, path)
        except Rejected as rejection:
            missing = rejection.problem.check == "manifest-missing"
            files.faults.append(Fault(path, "missing" if missing else "unsafe", rejection.problem.message))
            continue
        if found == sha256:
            files.sizes[path] = size
        else:
            files.faults.append(Fault(path, "changed", f"{path} does not have the bytes that {SUMS} lists."))
    return files


def measured(folder: Folder, path: str, algorithm: str = "sha256") -> tuple[int, str]:
    """Size in bytes and hash in hex of a file; raises as `Folder.open` does."""
    digest, size = hashlib.new(algorithm), 0
    with folder.open(path) as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return size, digest.hexdigest()


def _extras(folder: Folder, paths: set[str]) -> Iterator[Fault]:
    """What is in the folder and belongs to no path; of a strange folder only the folder itself."""
    folders = {parent.as_posix() for path in paths for parent in PurePosixPath(path).parents} - {"."}
    for place in ["", *sorted(folders)]:
        try:
            found = list(folder.listing(place))
        except Rejected:  # it is not there or no folder, which is said of every file that should be in it
            continue
        for name, mode in found:
            path = f"{place}/{name}" if place else name
            if path not in paths | folders:
                shown = os.fsencode(path).decode(errors="backslashreplace")
                what = "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "link or device"
                yield Fault(shown, "extra", f"The {what} {shown} does not belong to the release.")
