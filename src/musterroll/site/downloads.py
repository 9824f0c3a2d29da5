"""What a release offers for download: its exports and data, and what describes them, proved to be what it published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from musterroll.errors import Refused, Unusable
from musterroll.package.folder import Folder
from musterroll.package.problem import Rejected, as_error
from musterroll.release.checksums import unsafe
from musterroll.release.content import Content, ReleasedFile
from musterroll.release.fingerprint import fingerprint
from musterroll.release.manifest import MANIFEST, parse_manifest

_OFFERED = ("exports/", "data/", "CHANGELOG.md", "CITATION.cff", "codebook.md")


def offered(release: Folder, content: Content) -> tuple[ReleasedFile, ...]:
    """The files of the release in a folder that the site offers; none if it is no release.

    Raises `Unusable` if the manifest is damaged, or the release holds other tables than the package; `Refused` if it
    names a file that lies elsewhere.
    """
    try:
        with release.open(MANIFEST) as stream:
            manifest = parse_manifest(stream.read(), release.shown(MANIFEST))
    except Rejected as rejection:
        if rejection.problem.check == "manifest-missing":
            return ()
        raise as_error(rejection.problem) from rejection
    published = {table.name: table.fingerprint for table in manifest.tables}
    own = {name: fingerprint(table) for name, table in content.tables.items()}
    if differ := sorted(name for name in {*published, *own} if published.get(name) != own.get(name)):
        raise Unusable(
            f"{release} is not the release of this package: {differ[0]} differs. Make the site of the release itself"
        )
    files = tuple(file for file in manifest.files if file.path.startswith(_OFFERED))
    for file in files:
        if fault := unsafe(file.path):
            raise Refused(f"{release.shown(MANIFEST)}: {fault}")
    return files


def read(release: Folder, files: tuple[ReleasedFile, ...]) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of these files; raises `Unusable` if one is not what was published."""
    for file in files:
        try:
            with release.open(file.path) as stream:
                data = stream.read()
        except Rejected as rejection:
            raise as_error(rejection.problem) from rejection
        if hashlib.sha256(data).hexdigest() != file.sha256:
            raise Unusable(f"{release.shown(file.path)} is not what was published; muster verify says more")
        yield file.path, data
