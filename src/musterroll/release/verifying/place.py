"""A release lies where its index says, and is the one that the index knows by that version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from musterroll.errors import Refused, Unusable
from musterroll.release.checksums import SUMS
from musterroll.release.index import INDEX, Entry, Index
from musterroll.release.manifest import MANIFEST, Manifest
from musterroll.release.releases import is_version, read_index
from musterroll.release.verifying.fault import Fault


def place_faults(folder: Path, sums: bytes, manifest: Manifest | None) -> Iterator[Fault | str]:
    """Faults, and remarks as plain text; `sums` is the content of `SHA256SUMS`, `manifest` None if it is unreadable.

    A folder that is not called as a version may hold any release: a copy, an unpacked download.
    """
    folder = folder.resolve()
    claims = is_version(folder.name)
    if claims and manifest and manifest.version != folder.name:
        yield Fault(MANIFEST, "disagrees", f"{MANIFEST} is of {manifest.version}; the folder is called {folder.name}.")
    try:
        index = read_index(folder.parent)
    except (Unusable, Refused) as error:
        yield Fault(INDEX, "damaged", f"{error}.") if claims else f"not compared with an index: {error}"
        return
    if index is None:
        return
    entry = index.entry(folder.name)
    if entry is not None:
        yield from _entry_faults(index, entry, sums, manifest)
    elif claims:
        yield Fault(INDEX, "unpublished", f"The {INDEX} beside the release does not name {folder.name}.")
    else:
        yield f"the {INDEX} beside it does not name {folder.name}, so the release was not compared with it"


def _entry_faults(index: Index, entry: Entry, sums: bytes, manifest: Manifest | None) -> Iterator[Fault | str]:
    if hashlib.sha256(sums).hexdigest() != entry.sha256sums:
        yield Fault(SUMS, "unpublished", f"{SUMS} is not the one by which {INDEX} knows {entry.version}.")
    if manifest is not None:
        told = {"name": index.name, "created": entry.created, "previous": entry.previous}
        for name, value in told.items():
            if getattr(manifest, name) != value:
                found = getattr(manifest, name)
                yield Fault(MANIFEST, "disagrees", f"{name} is {found!r} in {MANIFEST} and {value!r} in {INDEX}.")
    if entry.yanked is not None:
        instead = f"; use {entry.yanked.successor}" if entry.yanked.successor else ""
        yield f"{entry.version} was withdrawn: {entry.yanked.reason}{instead}"
