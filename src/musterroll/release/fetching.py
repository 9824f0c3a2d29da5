"""Fetch a release from a shelf into the user's cache: proved before it is unpacked, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from musterroll.errors import Refused, Unavailable, Unusable
from musterroll.package import limits
from musterroll.package.json_reader import parse
from musterroll.package.problem import Rejected
from musterroll.release.cache import Kept, cached_shelf, kept_release, proved_paths, staged
from musterroll.release.checksums import SIGNATURE, SUMS
from musterroll.release.index import Entry
from musterroll.release.proof import OnBytes, archive_of, proved_sums, save
from musterroll.release.seen import refuse_older, remember
from musterroll.release.shelf import Shelf, counted, open_shelf

_MANIFEST = "release.json"
_LISTED = 20  # versions in a message


@dataclass(frozen=True)
class Fetched:
    """A release in the cache: `folder` holds its files, `sha256sums` is the hash of its SHA256SUMS."""

    name: str
    version: str
    folder: Path
    sha256sums: str
    place: str
    was_there: bool

    @property
    def archive(self) -> Path:
        """The zip archive, which holds the whole package."""
        return self.folder / archive_of(self.name, self.version)


def fetch(
    name: str,
    version: str | None,
    place: str,
    *,
    everything: bool = False,
    yanked: bool = False,
    allowed_signers: Path | None = None,
    on_bytes: OnBytes = lambda _path, _came, _of: None,
) -> Fetched:
    """Fetch a release, or the latest stable one, from the folder or URL `place`, unless it is in the cache already.

    That is its zip archive, or all its files if `everything`. One that was
    withdrawn is fetched only if `yanked`. With `allowed_signers` (as ssh-keygen
    reads them) it must be signed by one of them.

    Raises `Unusable` if something is not what the index promises, `Refused` if
    the release was withdrawn, the shelf is older than before or a limit is
    passed, `Unavailable` if there is no such release or it cannot be had.
    """
    with open_shelf(place) as shelf:
        entry = chosen(shelf, name, version, yanked=yanked)
        return fetch_from(shelf, entry, everything=everything, allowed_signers=allowed_signers, on_bytes=on_bytes)


def chosen(shelf: Shelf, name: str, version: str | None, *, yanked: bool = False) -> Entry:
    """The release of that version, or the latest stable one; raises as `fetch` does."""
    if shelf.index.name != name:
        raise Unusable(f"{shelf.shown} holds releases of {shelf.index.name}, not of {name}")
    if version is None and shelf.kind == "url":
        refuse_older(shelf)
    entry = shelf.index.latest if version is None else shelf.index.entry(version)
    if entry is None:
        missing = f"release {version} of {name}" if version else f"stable release of {name}"
        raise Unavailable(f"{shelf.shown}: there is no {missing}; there {versions_of(shelf)}")
    if entry.yanked and not yanked:
        raise Refused(f"{name} {entry.version} was withdrawn: {entry.yanked.reason} ({_instead(shelf, entry)})")
    return entry


def _instead(shelf: Shelf, entry: Entry) -> str:
    """What to do about a release that was withdrawn."""
    successor = entry.yanked and entry.yanked.successor
    best = f"use {successor}" if successor else "there is no successor"
    opened = f", {shelf.shown}/{entry.version} opens it" if shelf.kind == "folder" else ""
    return f"{best}; muster fetch {shelf.index.name}@{entry.version} --yanked gets it all the same{opened}"


def versions_of(shelf: Shelf) -> str:
    """The versions of a shelf in words."""
    versions = [entry.version for entry in shelf.index.releases]
    if not versions:
        return "is none"
    cut = f"{len(versions) - _LISTED:,} older ones and " if len(versions) > _LISTED else ""
    return f"{'is' if len(versions) == 1 else 'are'} {cut}{', '.join(versions[-_LISTED:])}"


def fetch_from(
    shelf: Shelf,
    entry: Entry,
    *,
    everything: bool = False,
    allowed_signers: Path | None = None,
    on_bytes: OnBytes = lambda _path, _came, _of: None,
) -> Fetched:
    """Fetch one release of an open shelf; raises as `fetch` does."""
    if shelf.kind == "url":
        remember(shelf)
    wanted = Kept(shelf.index.name, entry.version, shelf.place, entry.sha256sums)
    there = _there(wanted, entry, everything=everything, signed=allowed_signers is not None)
    if there is None:
        with staged(wanted) as folder:
            _download(shelf, entry, folder, everything=everything, allowed_signers=allowed_signers, on_bytes=on_bytes)
    elif allowed_signers:
        _check_signature(there.folder, allowed_signers, shelf)
    kept = there or wanted
    return Fetched(kept.name, kept.version, kept.folder, kept.sha256sums, kept.place, there is not None)


def _there(wanted: Kept, entry: Entry, *, everything: bool, signed: bool) -> Kept | None:
    """What the cache holds, if it is whole and all that is wanted; raises `Unusable` if it is sound but another."""
    try:
        kept = kept_release(wanted.name, wanted.version)
    except Unusable:
        return None  # damaged, to be replaced
    paths = proved_paths(kept) if kept else None
    if kept is None or paths is None:
        return None
    if kept.sha256sums != wanted.sha256sums:
        raise Unusable(
            f"the cache holds another {kept.name} {kept.version}, from {kept.place}; a published version never "
            f"changes, so one of both is false. If {wanted.place} is right, delete {kept.folder.parent}"
        )
    needed = {SIGNATURE} if signed else set()
    if everything:
        needed |= {*proved_sums(cached_shelf(kept.name, kept.version), entry)[1], SUMS}
    return kept if needed <= paths else None


def _download(
    shelf: Shelf,
    entry: Entry,
    folder: Path,
    *,
    everything: bool,
    allowed_signers: Path | None,
    on_bytes: OnBytes,
) -> None:
    data, hashes = proved_sums(shelf, entry)
    (folder / SUMS).write_bytes(data)
    _fetch_signature(shelf, entry.version, folder, allowed_signers, everything=everything)
    archive = archive_of(shelf.index.name, entry.version)
    for path in (_MANIFEST, archive):
        if path not in hashes:
            raise Unusable(f"{shelf.shown}: {entry.version}/{SUMS} names no {path}, so this is another release")
    save(shelf, entry.version, _MANIFEST, hashes[_MANIFEST], folder / _MANIFEST, most=limits.LISTING_BYTES)
    sizes = _sizes(shelf, entry.version, folder)
    left = limits.PACKAGE_BYTES
    for path in sorted(set(hashes) - {_MANIFEST}) if everything else [archive]:
        most, target = min(left, limits.FILE_BYTES), folder / path
        save(shelf, entry.version, path, hashes[path], target, size=sizes.get(path), most=most, on_bytes=on_bytes)
        left -= target.stat().st_size


def _fetch_signature(
    shelf: Shelf, version: str, folder: Path, allowed_signers: Path | None, *, everything: bool
) -> None:
    """The signature, if it is asked for or comes with everything; before anything else is fetched, it must be good."""
    if not (allowed_signers or everything):
        return
    with shelf.get(f"{version}/{SIGNATURE}") as blocks:
        if blocks is not None:
            (folder / SIGNATURE).write_bytes(
                b"".join(counted(blocks, limits.LISTING_BYTES, f"{shelf.shown}: {version}/{SIGNATURE}"))
            )
    if allowed_signers:
        _check_signature(folder, allowed_signers, shelf)


def _check_signature(folder: Path, allowed_signers: Path, shelf: Shelf) -> None:
    from musterroll.release.signature import check_signature

    try:
        check_signature(folder, allowed_signers)
    except Unusable as error:
        raise Unusable(f"{shelf.shown}: {error}; nothing of this release is used") from error


def _sizes(shelf: Shelf, version: str, folder: Path) -> Mapping[str, int]:
    """How many bytes each file has, as the release itself says: whoever sends more is stopped there."""
    shown = f"{shelf.shown}: {version}/{_MANIFEST}"
    try:
        card = parse((folder / _MANIFEST).read_bytes(), _MANIFEST).value
        named = (card["name"], card["version"])
        sizes = {str(item["path"]): int(item["bytes"]) for item in card["files"]}
    except (Rejected, KeyError, TypeError, ValueError) as error:
        raise Unusable(f"{shown} cannot be read: {error}") from error
    if named != (shelf.index.name, version):
        raise Unusable(f"{shown} is that of {named[0]} {named[1]}; nothing of this release is used")
    return sizes
