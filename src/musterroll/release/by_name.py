"""Releases by their name: `NAME@1.0.0`, `NAME@latest`, and the last release of a package.

They are looked for, in this order, in the place that was named (`--from`, and
then nowhere else), in MUSTER_INDEX, in `releases/` of the current folder (or
beside the package, if there is one), and in the cache.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from musterroll.errors import Refused, Unavailable, Unusable
from musterroll.package.descriptor import DESCRIPTOR
from musterroll.package.folder import Folder
from musterroll.package.opening import find_folder, read_json, require_package
from musterroll.package.problem import Rejected
from musterroll.package.sources.archive import unpack
from musterroll.package.sources.opened import opened_previous
from musterroll.package.sources.target import LATEST, is_release_name, is_url, split_release
from musterroll.release.cache import cached_shelf, kept_release
from musterroll.release.checksums import SUMS
from musterroll.release.fetching import chosen, fetch_from, versions_of
from musterroll.release.index import INDEX, Entry, Index
from musterroll.release.proof import archive_of, proved_sums, save
from musterroll.release.shelf import Shelf, open_shelf, url_place

RELEASES = "releases"  # the folder of releases beside a package
PLACE = "MUSTER_INDEX"


class NoRelease(Unavailable):
    """There is no such release in any of the places where it was looked for."""


def open_by_name(target: str, place: Path) -> Folder:
    """The package `NAME@VERSION`, proved and unpacked below `place`.

    A release at a URL is fetched into the cache first; one that is there is not
    asked for again. Raises `NoRelease` if there is none, else as `fetch` does.
    """
    divided = split_release(target)
    if divided is None:
        raise Unavailable(f"{target} is neither a path nor NAME@VERSION (haiti-mss@1.0.0, haiti-mss@latest)")
    name, version = divided
    wanted = None if version == LATEST else version
    with releases_of(name, wanted, beside=Path()) as shelf:
        return open_release(shelf, chosen(shelf, name, wanted), place, target)


@contextmanager
def opened_last_release(package: Path | Folder, place: str | None = None) -> Iterator[Folder]:
    """The latest stable release of a package, unpacked as long as it is read.

    It is looked for in `place`, or else in MUSTER_INDEX, `releases/` beside the
    package, and the cache. Raises `NoRelease` if there is none, `Unavailable` also
    if it is damaged (that is no fault of the package), `Refused` as `fetch` does.
    """
    folder = find_folder(package)
    name, beside = require_package(folder).name, None if folder.is_copy else folder.root
    with tempfile.TemporaryDirectory(prefix="muster-") as copy:
        try:
            with releases_of(name, None, place, beside) as shelf:
                entry = chosen(shelf, name, None)
                found = open_release(shelf, entry, Path(copy), f"{name}@{entry.version}")
        except NoRelease as error:
            raise NoRelease(f"there is no earlier release of {name}: {error}") from error
        except Unusable as error:
            raise Unavailable(f"the last release of {name} cannot be read: {error}") from error
        yield found


@contextmanager
def opened_baseline(old: str | None, package: Path | Folder) -> Iterator[Folder | None]:
    """What a package is compared with: OLD if it is named, else the last release, None if there is none.

    Raises as `opened_previous` and `opened_last_release` do; what is there and
    cannot be read or reached never counts as none.
    """
    with ExitStack() as stack:
        if old is not None:
            yield stack.enter_context(opened_previous(old))
            return
        try:
            found = stack.enter_context(opened_last_release(package))
        except NoRelease:
            found = None
        yield found


@contextmanager
def releases_of(
    name: str, version: str | None = None, place: str | None = None, beside: Path | None = None, *, any_of: bool = False
) -> Iterator[Shelf]:
    """The first shelf that has that version of a package, or its latest stable one, or any at all if `any_of`.

    Raises `NoRelease`, naming the places, if there is none; `Unusable` if `place`
    holds releases of another package; else as `open_shelf` does.
    """

    def has_it(index: Index) -> bool:
        if any_of:
            return bool(index.releases)
        return index.latest is not None if version is None else index.entry(version) is not None

    looked = []
    for where in _places(name, place, beside):
        with _shelf(where, name, version) as shelf:
            if place and shelf.index.name != name:
                raise Unusable(f"{shelf.shown} holds releases of {shelf.index.name}, not of {name}")
            if shelf.index.name == name and has_it(shelf.index):
                yield shelf
                return
            looked.append(_what_is_in(shelf, name))
    wanted = f"release {version} of {name}" if version else f"{'' if any_of else 'stable '}release of {name}"
    hint = "" if place or os.environ.get(PLACE) else f"; {PLACE} can name a folder or URL of releases"
    raise NoRelease(f"there is no {wanted} (looked in {'; '.join(looked) or 'no place'}){hint}")


def open_release(shelf: Shelf, entry: Entry, place: Path, source: str) -> Folder:
    """The package in one release of a shelf, proved and unpacked below `place`; `source` is what it was asked for as.

    Raises as `fetch` does; `Unusable` also if it is the package of another release.
    """
    if shelf.kind == "url":
        fetch_from(shelf, entry)
        shelf = cached_shelf(shelf.index.name, entry.version)
    name, version = shelf.index.name, entry.version
    archive = place / "download" / "package.zip"
    try:
        _copy_proved(shelf, entry, archive)
    except (Unusable, Refused) as error:
        if shelf.kind != "cache":
            raise
        kept = kept_release(name, version)
        again = f"muster fetch {name}@{version} --from {kept.place if kept else 'URL'}"
        raise Unusable(f"{error}. What was fetched is damaged; fetch it again: {again}") from error
    folder = unpack(archive, place / "package", source, name)
    _check_label(folder, name, version)
    return folder


def _places(name: str, place: str | None, beside: Path | None) -> Iterator[str | None]:
    """Where to look, in order; None is the cache."""
    if place:
        yield place
        return
    if named := os.environ.get(PLACE):
        yield named
    if beside is not None and (beside / RELEASES / INDEX).exists():
        yield str(beside / RELEASES)
    if is_release_name(name):
        yield None


@contextmanager
def _shelf(where: str | None, name: str, version: str | None) -> Iterator[Shelf]:
    """The shelf there, or the cache if it has that very release from there: then no network is needed."""
    if where is None or (version and is_url(where) and _is_kept(name, version, where)):
        there = version and kept_release(name, version)
        yield cached_shelf(name, version if there else None)  # what there is instead is worth knowing
        return
    with open_shelf(where) as shelf:
        yield shelf


def _is_kept(name: str, version: str, where: str) -> bool:
    kept = kept_release(name, version)
    return kept is not None and kept.place == url_place(where)


def _what_is_in(shelf: Shelf, name: str) -> str:
    of = "" if shelf.index.name == name else f" of {shelf.index.name}"
    return f"{shelf.shown}, where there {versions_of(shelf)}{of}"


def _copy_proved(shelf: Shelf, entry: Entry, target: Path) -> None:
    """A copy of the archive of our own: what is unpacked is what was hashed, whoever may write on the shelf."""
    path = archive_of(shelf.index.name, entry.version)
    _, hashes = proved_sums(shelf, entry)
    if path not in hashes:
        raise Unusable(f"{shelf.shown}: {entry.version}/{SUMS} names no {path}")
    save(shelf, entry.version, path, hashes[path], target)


def _check_label(folder: Folder, name: str, version: str) -> None:
    """Raises `Unusable` if the descriptor is of another release; one that cannot be read is its reader's affair."""
    try:
        descriptor = read_json(folder, DESCRIPTOR).value
    except Rejected:
        return
    if isinstance(descriptor, dict) and (descriptor.get("name"), descriptor.get("version")) != (name, version):
        told = f"{descriptor.get('name')} {descriptor.get('version')}"
        raise Unusable(f"{folder}: in it is {told}; this is another release")
