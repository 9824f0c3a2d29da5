"""Open whatever names a package, as a folder that is there as long as it is read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from musterroll.errors import Refused, Unavailable, Unusable
from musterroll.package.folder import Folder
from musterroll.package.opening import find_folder
from musterroll.package.sources.target import Kind, kind_of


@contextmanager
def opened(target: str) -> Iterator[Folder]:
    """The folder of a package, given as people name it (see `Kind`).

    A folder is read where it is. Anything else is copied into a private
    temporary folder, gone at the end, and goes by the name that was given.
    Raises `Unavailable` if there is nothing there or it cannot be had, `Refused`
    if it is unsafe or over a limit, `Unusable` if an archive is damaged.
    """
    if "\0" in target:
        raise Refused("the name of the package holds a NUL")
    kind = kind_of(target)
    if kind is Kind.FOLDER:
        yield find_folder(Path(target))
        return
    with tempfile.TemporaryDirectory(prefix="muster-") as place:
        yield _copy(kind, target, Path(place))


@contextmanager
def opened_previous(target: str) -> Iterator[Folder]:
    """As `opened`, for what another package is compared with.

    Raises `Unavailable` also if it is damaged: that is no fault of the other.
    """
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(opened(target))
        except Unusable as error:
            raise Unavailable(f"the previous release cannot be read: {error}") from error
        yield folder


def _copy(kind: Kind, target: str, place: Path) -> Folder:
    """What `target` names, below `place`. Each way is imported when it is gone: an HTTP client takes its time."""
    if kind is Kind.ARCHIVE:
        from musterroll.package.sources.archive import unpack

        return unpack(Path(target), place / "package", target, Path(target).stem)
    if kind is Kind.REVISION:
        from musterroll.package.sources.revision import check_out

        return check_out(target, place / "package")
    if kind is Kind.URL:
        from musterroll.package.sources.url import download

        return download(target, place)
    from musterroll.release.by_name import open_by_name

    return open_by_name(target, place)
