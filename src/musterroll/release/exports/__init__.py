"""What a release offers beside the CSV: Parquet, SQLite, XLSX, flat tables, derived tables and a zip archive.

Every export is proven equal to the tables, cell by cell: it is read back, as far
as possible by another library than the one that wrote it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from musterroll.errors import Unavailable
from musterroll.release.content import Content
from musterroll.release.exports import archive, derived, flat, parquet, sqlite, xlsx
from musterroll.release.exports.exporter import Exporter, ExportFile

EXPORTERS: tuple[Exporter, ...] = (parquet, sqlite, xlsx, flat, derived)
ARCHIVE: Exporter = archive  # written last, for it packs files that are made later

OnStep = Callable[[str], None]

_FOLDER = "exports"


def export_files(content: Content) -> list[ExportFile]:
    """Every file of every export, the archive among them."""
    return [file for exporter in (*EXPORTERS, ARCHIVE) for file in exporter.files(content)]


def write_exports(content: Content, folder: Path, on_step: OnStep = lambda _: None) -> None:
    """Write every export but the archive into the release folder; `on_step` hears what comes next.

    Raises `Unavailable` if the disk does not take them, `Unusable` if the
    package says that it is a mission record and cannot be read as one.
    """
    for exporter in EXPORTERS:
        on_step(exporter.NAME)
        try:
            exporter.write(content, folder)
        except OSError as error:
            raise Unavailable(f"{error.filename or folder}: {error.strerror or error}") from error


def export_differences(content: Content, folder: Path, on_step: OnStep = lambda _: None) -> Iterator[str]:
    """Every way in which the exports, the archive among them, are not equal to the tables, in sentences.

    Each begins with the path that it is about.
    """
    expected = {file.path for file in export_files(content)}
    for place in sorted((folder / _FOLDER).rglob("*")):
        path = place.relative_to(folder).as_posix()
        if not place.is_dir() and path not in expected:
            yield f"{path}: no export of this package is called so"
    for exporter in (*EXPORTERS, ARCHIVE):
        on_step(exporter.NAME)
        yield from exporter.differences(content, folder)
