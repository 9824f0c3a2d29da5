"""Releases that were fetched, in the user's cache folder, so that they open without a network.

`releases/NAME/VERSION/` holds `release/`, the files as they lie on the shelf
(all of them, or SHA256SUMS, release.json and the zip archive), and beside it
`fetched.json`: where they come from, and the hash of SHA256SUMS. An entry
appears whole, by one rename, and is hashed again whenever it is used.
"""

from __future__ import annotations

import contextlib
import errno
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from semver import Version

from musterroll.errors import MusterError, Unavailable, Unusable
from musterroll.package.folder import Folder
from musterroll.package.json_reader import parse
from musterroll.package.problem import Rejected
from musterroll.package.sources.target import is_release_name
from musterroll.release.checksums import SIGNATURE, SUMS
from musterroll.release.index import Entry, Index, parsed
from musterroll.release.proof import archive_of, proved_sums
from musterroll.release.shelf import Shelf, folder_get

RELEASE = "release"
_FETCHED, _FORMAT = "fetched.json", "musterroll/fetched/1"
_PREFIX, _DAY = ".fetching-", 24 * 60 * 60
_TAKEN = {errno.ENOTEMPTY, errno.EEXIST}


@dataclass(frozen=True)
class Kept:
    """An entry of the cache: what it says of itself, unproved."""

    name: str
    version: str
    place: str  # the shelf it comes from
    sha256sums: str

    @property
    def folder(self) -> Path:
        """Where the files of the release lie."""
        return _entry_folder(self.name, self.version) / RELEASE


def cache_folder() -> Path:
    """The user's cache folder of this library."""
    import platformdirs

    return platformdirs.user_cache_path("musterroll")


def kept_release(name: str, version: str) -> Kept | None:
    """What is kept of a release, or None; raises `Unusable` if that is damaged."""
    folder = _entry_folder(name, version)
    if not folder.is_dir():
        return None
    try:
        with Folder(folder).open(_FETCHED) as stream:
            told = parse(stream.read(), _FETCHED).value
        kept = Kept(**{key: str(told[key]) for key in Kept.__dataclass_fields__})
        if (told["format"], kept.name, kept.version) != (_FORMAT, name, version):
            raise TypeError("it is of another format or release")
    except (Rejected, KeyError, TypeError) as error:
        raise Unusable(f"{folder / _FETCHED} cannot be read: {error}. Fetch {name}@{version} again") from error
    return kept


def cached_shelf(name: str, version: str | None = None) -> Shelf:
    """The cache as a shelf of that package: of all its releases there, or of one; there may be none."""
    versions = _versions(name) if version is None else [version]
    found = [kept for kept in (kept_release(name, item) for item in versions) if kept is not None]
    index = Index(name, tuple(Entry(kept.version, None, kept.sha256sums, None) for kept in found))
    root, files = _name_folder(name), folder_get(_name_folder(name))
    shown = f"the cache ({root})"
    return Shelf("cache", str(root), shown, index, lambda path: files(path.replace("/", f"/{RELEASE}/", 1)))


def proved_paths(kept: Kept) -> frozenset[str] | None:
    """Paths of all files kept of a release, each hashed; None if one is not what it should be."""
    shelf = cached_shelf(kept.name, kept.version)
    folder = Folder(kept.folder)
    paths = _files(kept.folder)
    try:
        hashes = proved_sums(shelf, shelf.index.releases[0])[1]
        whole = all(path in {SUMS, SIGNATURE} or folder.sha256(path) == hashes.get(path) for path in paths)
    except (Rejected, MusterError):
        return None
    return frozenset(paths) if whole and archive_of(kept.name, kept.version) in paths else None


@contextmanager
def staged(kept: Kept) -> Iterator[Path]:
    """A private folder for the files of a release; what lies in it at the end, without an error, is kept.

    Raises `Unavailable` if the cache cannot be written.
    """
    try:
        home = _name_folder(kept.name)
        home.mkdir(parents=True, exist_ok=True)
        _sweep(home)
        with tempfile.TemporaryDirectory(dir=home, prefix=_PREFIX, ignore_cleanup_errors=True) as place:
            entry = Path(place) / "entry"
            (entry / RELEASE).mkdir(parents=True)
            yield entry / RELEASE
            (entry / _FETCHED).write_text(json.dumps({"format": _FORMAT, **asdict(kept)}, indent=2) + "\n")
            _put(entry, kept, Path(place))
    except OSError as error:
        raise Unavailable(f"{error.filename or cache_folder()}: {error.strerror}") from error


def _sweep(home: Path) -> None:
    """Remove what runs that were killed have left; one that is still running is younger than a day."""
    for path in home.glob(f"{_PREFIX}*"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > _DAY:
                shutil.rmtree(path, ignore_errors=True)


def _put(entry: Path, kept: Kept, aside: Path) -> None:
    """Move a new entry to its place, unless another process has put one there meanwhile; a damaged one goes."""
    target = _entry_folder(kept.name, kept.version)
    while True:
        try:
            entry.rename(target)
            return
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
        if _is_no_worse(kept, len(_files(entry / RELEASE))):
            return
        with contextlib.suppress(FileNotFoundError):
            target.rename(Path(tempfile.mkdtemp(dir=aside)) / "old")


def _is_no_worse(kept: Kept, files: int) -> bool:
    """Whether what is there of the same release is whole, and has as many files."""
    try:
        there = kept_release(kept.name, kept.version)
    except Unusable:
        return False
    paths = proved_paths(there) if there and there.sha256sums == kept.sha256sums else None
    return paths is not None and len(paths) >= files


def _files(folder: Path) -> set[str]:
    return {path.removeprefix("./") for path in Folder(folder).files(".")}


def _versions(name: str) -> list[str]:
    folder = _name_folder(name)
    found = [path.name for path in folder.iterdir() if Version.is_valid(path.name)] if folder.is_dir() else []
    return sorted(found, key=parsed)


def _name_folder(name: str) -> Path:
    if not is_release_name(name):
        raise Unusable(f"{name!r} is no name by which releases are kept (letters, digits, dots, - and _)")
    return cache_folder() / "releases" / name


def _entry_folder(name: str, version: str) -> Path:
    parsed(version)  # nothing else becomes the name of a folder
    return _name_folder(name) / version
