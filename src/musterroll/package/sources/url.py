"""A package at a URL: a zip archive, or a datapackage.json with its files beside it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urljoin

from musterroll.errors import Unavailable
from musterroll.package.descriptor import DESCRIPTOR
from musterroll.package.folder import Folder
from musterroll.package.sources.archive import unpack
from musterroll.package.sources.named import wanted_paths
from musterroll.package.sources.store import Store
from musterroll.package.sources.web import Web, checked_url


def download(target: str, place: Path) -> Folder:
    """The package at the URL `target`, copied below `place`.

    What it is is told by the URL, never guessed from the content. Raises
    `Refused` if the URL or a redirect is not allowed or a limit is passed,
    `Unavailable` if it cannot be had, `Unusable` if the archive is damaged.
    """
    url = checked_url(target)
    path = PurePosixPath(unquote(url.path or ""))
    with Web() as web:
        if path.suffix.lower() == ".zip":
            return _archive(target, path, place, web)
        if path.name == DESCRIPTOR:
            return _files(target, path.parent.name or str(url.host), place / "package", web)
    raise Unavailable(f"{target}: names neither a .zip nor a {DESCRIPTOR}")


def _archive(target: str, path: PurePosixPath, place: Path, web: Web) -> Folder:
    store = Store(place / "download", target)
    _fetch(target, "package.zip", store, web)
    return unpack(store.root / "package.zip", place / "package", target, path.stem)


def _files(target: str, name: str, root: Path, web: Web) -> Folder:
    """The descriptor, and then, if it names nothing unsafe, what it names: from the same host and folder only."""
    store = Store(root, target)
    base = _fetch(target, DESCRIPTOR, store, web)
    folder = store.folder(name)
    for path in sorted(wanted_paths(folder) or ()):
        url = base + quote(path)
        with web.get(url, within=base) as answer:
            if answer:  # what is not there is missing, as in a folder, and reported so
                store.write(path, answer.blocks)
    return folder


def _fetch(target: str, path: str, store: Store, web: Web) -> str:
    """Store what the user asked for; returns the URL of the folder it was found in."""
    with web.get(target) as answer:
        if answer is None:
            raise Unavailable(f"{target}: the server says that there is nothing")
        store.write(path, answer.blocks)
    return urljoin(answer.url, ".")
