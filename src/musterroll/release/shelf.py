"""A shelf: the releases of one package in a folder, on this machine or at a URL, with the `index.json` that names them.

Nothing on a shelf is trusted. What is read is counted and stays below the shelf
(no link, no redirect out of it); that it is what the index promises is proved
by `musterroll.release.proof`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urljoin

from musterroll.errors import Refused, Unavailable, Unusable
from musterroll.package import limits
from musterroll.package.folder import Folder
from musterroll.package.problem import Problem, Rejected
from musterroll.package.sources.target import is_url
from musterroll.release.index import INDEX, Index, parse_index

_BLOCK = 1 << 18
# Opens a file by its path on the shelf, as blocks to be read once; None if there is none.
Get = Callable[[str], AbstractContextManager[Iterator[bytes] | None]]


@dataclass(frozen=True)
class Shelf:
    """An open shelf.

    `place` is the same however the shelf was named: an absolute folder, or a URL
    without a slash at its end. `shown` is what people call it.
    """

    kind: Literal["folder", "url", "cache"]
    place: str
    shown: str
    index: Index
    get: Get = field(repr=False)

    @contextmanager
    def file(self, version: str, path: str, most: int) -> Iterator[Iterator[bytes]]:
        """One file of one release, block by block, to be read while it is open.

        Raises `Unavailable` if it is not there (`Unusable` if it has been fetched and is
        gone), `Refused` if it is no regular file or has more than `most` bytes.
        """
        with self.get(f"{version}/{path}") as blocks:
            if blocks is None:
                kind = Unusable if self.kind == "cache" else Unavailable  # what was fetched was there
                raise kind(f"{self.shown}: there is no {version}/{path}")
            yield counted(blocks, most, f"{self.shown}: {version}/{path}")

    def read(self, version: str, path: str, most: int = limits.LISTING_BYTES) -> bytes:
        """One file of one release as a whole; raises as `file` does."""
        with self.file(version, path, most) as blocks:
            return b"".join(blocks)


@contextmanager
def open_shelf(place: str) -> Iterator[Shelf]:
    """The shelf in a folder or at a URL (https, or http on this machine), given it or its `index.json`.

    Raises `Unavailable` if there is none, `Refused` if the URL or a redirect is not
    allowed, `Unusable` if the index is none.
    """
    with _at_url(place) if is_url(place) else _in_folder(place) as shelf:
        yield shelf


def url_place(url: str) -> str:
    """The `place` of the shelf at a URL, without asking it; raises `Refused` if the URL is not allowed."""
    from musterroll.package.sources.web import checked_url

    checked = checked_url(url)
    if checked.query or checked.fragment:
        raise Refused(f"{url}: the URL of a folder of releases has neither ? nor #")
    return checked.url.removesuffix(f"/{INDEX}").rstrip("/")


def folder_get(root: Path) -> Get:
    """Opens files below `root`, and never through a link."""
    folder = Folder(root)

    @contextmanager
    def get(path: str) -> Iterator[Iterator[bytes] | None]:
        try:
            stream = folder.open(path)
        except Rejected as rejection:
            if _is_absent(rejection.problem):
                yield None
                return
            raise Refused(f"{root / path}: {rejection.problem.message}") from rejection
        with stream:
            yield iter(lambda: stream.read(_BLOCK), b"")

    return get


def counted(blocks: Iterator[bytes], most: int, shown: str) -> Iterator[bytes]:
    """The same blocks; raises `Refused` as soon as they have more than `most` bytes."""
    size = 0
    for block in blocks:
        size += len(block)
        if size > most:
            raise Refused(f"{shown} has more than {most:,} bytes")
        yield block


@contextmanager
def _in_folder(place: str) -> Iterator[Shelf]:
    root = Path(place)
    root = root.parent if root.name == INDEX else root
    if not root.is_dir():
        raise Unavailable(f"{place}: no such folder")
    get = folder_get(root)
    yield Shelf("folder", str(root.resolve()), str(root), _index(get, str(root)), get)


@contextmanager
def _at_url(place: str) -> Iterator[Shelf]:
    from musterroll.package.sources.web import Web

    shown = url_place(place)
    base, within = f"{shown}/", ""
    with Web() as web:

        @contextmanager
        def get(path: str) -> Iterator[Iterator[bytes] | None]:
            nonlocal base, within
            with web.get(base + quote(path), within) as answer:
                if path == INDEX and answer:  # the releases lie where it was found, behind all redirects
                    base = within = urljoin(answer.url, ".")
                yield answer.blocks if answer else None

        yield Shelf("url", shown, shown, _index(get, shown), get)


def _index(get: Get, shown: str) -> Index:
    with get(INDEX) as blocks:
        if blocks is None:
            raise Unavailable(f"{shown}: there is no {INDEX}, so this is no folder of releases")
        data = b"".join(counted(blocks, limits.LISTING_BYTES, f"{shown}/{INDEX}"))
    return parse_index(data, f"{shown}/{INDEX}")


def _is_absent(problem: Problem) -> bool:
    return problem.check == "manifest-missing"
