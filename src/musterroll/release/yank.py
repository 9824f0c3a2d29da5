"""Withdraw a release that nobody should use any more: it stays where it is, and the index says why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from musterroll.errors import Unavailable, Unusable
from musterroll.release.index import INDEX, Entry, Index, Yanked
from musterroll.release.index_files import put_latest, stage_index, told
from musterroll.release.lock import exclusive
from musterroll.release.releases import index_to_change
from musterroll.release.staging import staged, sweep


def yank(out: Path, version: str, reason: str, successor: str | None = None) -> None:
    """Mark a release as no longer to be used, for a reason, with the release to use instead; its files stay.

    Raises `Unusable` if the index does not name both, or there is no reason; `Unavailable` as `publish` does.
    """
    if not reason.strip():
        raise Unusable("a release is withdrawn for a reason; give one")
    with told(out), exclusive(out):
        sweep(out)
        index = index_to_change(out)
        if index is None:
            raise Unavailable(f"{out}: there is no {INDEX}, so this is no folder of releases")
        entry = _named(index, version)
        if successor is not None and (successor == version or _named(index, successor).yanked):
            raise Unusable(f"{successor} cannot take the place of {version}: it is that release, or withdrawn itself")
        with staged(out) as stage:
            stage_index(stage, index.with_entry(replace(entry, yanked=Yanked(reason, successor))))
            (stage / INDEX).rename(out / INDEX)
            put_latest(out, stage)


def _named(index: Index, version: str) -> Entry:
    entry = index.entry(version)
    if entry is None:
        raise Unusable(f"there is no release {version} of {index.name}")
    return entry
