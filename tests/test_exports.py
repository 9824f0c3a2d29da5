"""The exports of whole packages: equal to the tables, the same bytes everywhere, and no file more or less."""

from __future__ import annotations

import csv
import hashlib
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest

from exporting import content_of, stage
from golden import build_base
from musterroll.errors import Unavailable
from musterroll.package.paths import collision_key
from musterroll.release import exports
from musterroll.release.content import Content
from musterroll.release.exports import (
    ARCHIVE,
    EXPORTERS,
    export_differences,
    export_files,
    write_exports,
)
from musterroll.release.exports.exporter import Exporter
from musterroll.typed.columns import TypedColumn
from running import ROOT

PACKAGES = (pytest.param("haiti-mss", marks=pytest.mark.slow), "plain", "ferries", "mission")
_BUILD = """
import sys
from pathlib import Path
from exporting import stage
from musterroll.release.exports import ARCHIVE, write_exports
content = stage(Path(sys.argv[1]), Path(sys.argv[2]))
write_exports(content, Path(sys.argv[2]))
ARCHIVE.write(content, Path(sys.argv[2]))
"""


def source_of(name: str, folder: Path) -> Path:
    """The real package, or one of those made up for tests."""
    return ROOT if name == "haiti-mss" else build_base(name, folder)


def release(name: str, folder: Path) -> tuple[Content, Path]:
    """A package with all its exports."""
    content = stage(source_of(name, folder / "source"), folder / "release")
    write_exports(content, folder / "release")
    ARCHIVE.write(content, folder / "release")
    return content, folder / "release"


@pytest.fixture(scope="module")
def ferries(tmp_path_factory: pytest.TempPathFactory) -> tuple[Content, Path]:
    return release("ferries", tmp_path_factory.mktemp("ferries"))


@pytest.mark.parametrize("name", PACKAGES)
def test_every_export_is_equal_to_the_tables(name: str, tmp_path: Path) -> None:
    content, folder = release(name, tmp_path)

    steps: list[str] = []
    assert list(export_differences(content, folder, steps.append)) == []
    assert steps == [exporter.NAME for exporter in (*EXPORTERS, ARCHIVE)]


@pytest.mark.slow
def test_other_libraries_find_the_very_texts_of_the_files_in_every_export(tmp_path: Path) -> None:
    """Without any of our own reading: the CSV by the standard library, the exports by DuckDB, sqlite3 and openpyxl."""
    content, folder = release("haiti-mss", tmp_path)
    book = openpyxl.load_workbook(folder / "exports" / f"{content.stem}.xlsx")
    database = sqlite3.connect(folder / "exports" / f"{content.stem}.sqlite")
    for name in content.tables:
        with (folder / f"data/{name}.csv").open(encoding="utf-8", newline="") as stream:
            header, *rows = csv.reader(stream)
        parquet = duckdb.connect().execute(f"SELECT * FROM '{folder}/exports/parquet/{name}.parquet'")
        described = parquet.description or []
        booleans = [number for number, column in enumerate(described) if str(column[1]) == "BOOLEAN"]
        stored = [list(map(printed, row)) for row in database.execute(f"SELECT * FROM {name} NOT INDEXED")]
        for row in stored:
            for number in booleans:
                row[number] = {"1": "true", "0": "false"}.get(row[number], "")

        assert [column[0] for column in described] == header
        assert [list(map(printed, row)) for row in parquet.fetchall()] == rows
        assert stored == rows
        assert [list(map(printed, row)) for row in book[name].values] == [header, *rows]
    database.close()


def printed(value: object) -> str:
    """A value as a file of ours has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):  # openpyxl's dates
        return value.date().isoformat()
    return "" if value is None else str(value)


@pytest.mark.parametrize("name", ["haiti-mss", "plain"])
def test_the_files_are_those_that_were_announced(name: str, tmp_path: Path) -> None:
    content, folder = release(name, tmp_path)

    files = export_files(content)
    written = {path.relative_to(folder).as_posix() for path in (folder / "exports").rglob("*") if path.is_file()}
    assert {file.path for file in files} == written
    assert all(file.mediatype.count("/") == 1 and file.title for file in files)
    assert ("exports/derived/balance.csv" in written) == (name == "haiti-mss")


def test_each_step_is_told_before_it_is_taken(tmp_path: Path) -> None:
    content = stage(build_base("plain", tmp_path / "plain"), tmp_path / "release")
    seen: list[tuple[str, bool]] = []

    write_exports(
        content, tmp_path / "release", lambda step: seen.append((step, (tmp_path / "release/exports").exists()))
    )

    assert seen[0] == ("Parquet", False)
    assert [step for step, _ in seen] == [exporter.NAME for exporter in EXPORTERS]


def test_a_file_that_nobody_made_is_named(ferries: tuple[Content, Path]) -> None:
    content, folder = ferries
    extra = folder / "exports/parquet/more.parquet"
    extra.write_bytes(b"")

    assert list(export_differences(content, folder)) == [
        "exports/parquet/more.parquet: no export of this package is called so"
    ]
    extra.unlink()


def test_every_missing_file_is_named(ferries: tuple[Content, Path], tmp_path: Path) -> None:
    content, _ = ferries

    assert list(export_differences(content, tmp_path)) == [
        f"{file.path}: the file is missing" for file in export_files(content)
    ]


@pytest.mark.parametrize(
    "damage",
    [lambda data: data[: len(data) // 2], lambda data: b"", lambda data: b"<html>" * 100],
    ids=["cut", "empty", "other"],
)
def test_every_damaged_file_is_named(
    damage: Callable[[bytes], bytes], ferries: tuple[Content, Path], tmp_path: Path
) -> None:
    content, folder = ferries
    for file in export_files(content):
        (tmp_path / file.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file.path).write_bytes(damage((folder / file.path).read_bytes()))

    sentences = list(export_differences(content, tmp_path))

    assert all(any(said.startswith(f"{file.path}: ") for said in sentences) for file in export_files(content))


@pytest.mark.slow
def test_no_damage_makes_a_reader_fail_with_a_traceback(ferries: tuple[Content, Path], tmp_path: Path) -> None:
    """Every export, a bit flipped at many places: a sentence, or nothing if no cell changed, but no crash."""
    content, folder = ferries
    said = 0
    for exporter in (*EXPORTERS, ARCHIVE):
        for file in exporter.files(content):
            data = (folder / file.path).read_bytes()
            place = tmp_path / file.path
            place.parent.mkdir(parents=True, exist_ok=True)
            for offset in range(0, len(data), max(1, len(data) // 300)):
                place.write_bytes(data[:offset] + bytes([data[offset] ^ 1 << offset % 8]) + data[offset + 1 :])
                said += any(True for _ in exporter.differences(content, tmp_path))
    assert said > 300


def test_no_more_than_ten_differences_are_told_of_each_file(ferries: tuple[Content, Path], tmp_path: Path) -> None:
    content, folder = ferries
    rows = content.tables["crossings"].rows
    other = Content(content.package, {"crossings": content.tables["crossings"]})
    before = [list(cells) for cells in rows]
    for cells in rows:
        cells[2] = "Doris"
    sentences = list(EXPORTERS[0].differences(other, folder))
    rows[:] = before

    path = "exports/parquet/crossings.parquet"
    assert len(sentences) == 11
    assert sentences[0] == f"{path}: row 1 (crossing_id 1): ferry is Bonita, in the table Doris"
    assert sentences[-1] == f"{path}: and 30 more differences"


def test_two_builds_are_the_same_bytes_wherever_and_by_whomever_they_are_made(tmp_path: Path) -> None:
    """Other folder, time zone, locale, umask, hash seed and user: nothing of it is in a file."""
    first = build(tmp_path / "one", PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C", USER="one", umask=0o022)
    second = build(
        tmp_path / "another folder" / "é",
        PYTHONHASHSEED="4711",
        TZ="Pacific/Apia",
        LC_ALL="fr_FR.UTF-8",
        USER="two",
        umask=0o077,
    )

    assert len(first) > 30
    assert first == second


def build(folder: Path, umask: int, **environment: str) -> dict[str, str]:
    """The hash of every file of the real package's release, built by another process."""
    folder.mkdir(parents=True)
    subprocess.run(
        [sys.executable, "-c", _BUILD, ROOT, folder / "release"],
        check=True,
        umask=umask,
        env={**os.environ, **environment, "PYTHONPATH": str(ROOT / "tests")},
    )
    files = sorted(path for path in (folder / "release").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_names_that_would_lead_elsewhere_do_not(tmp_path: Path) -> None:
    schema = {"fields": [{"name": "a"}]}
    tables = {name: (schema, [["x"]]) for name in ("../../up", "a/b", "A/B", "con")}
    content = content_of(tmp_path, tables, name="../evil", title="<b>", inline=True)
    write_exports(content, tmp_path / "release")
    ARCHIVE.write(content, tmp_path / "release")

    paths = [file.path for file in export_files(content)]
    assert list(export_differences(content, tmp_path / "release")) == []
    assert len({collision_key(path) for path in paths}) == len(paths)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["release", "source"]
    assert "exports/_evil-1.0.0.sqlite" in paths


def test_a_package_without_tables_has_exports_too(tmp_path: Path) -> None:
    content = content_of(tmp_path, {})
    write_exports(content, tmp_path / "release")
    ARCHIVE.write(content, tmp_path / "release")

    assert list(export_differences(content, tmp_path / "release")) == []
    assert [file.path.rpartition(".")[2] for file in export_files(content)] == ["sqlite", "xlsx", "zip"]


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow beyond a hundred bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("exporter", [*EXPORTERS, ARCHIVE], ids=lambda exporter: exporter.NAME)
def test_a_full_disk_is_an_error_of_the_environment_and_leaves_nothing_behind(
    exporter: Exporter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = stage(build_base("mission", tmp_path / "mission"), tmp_path / "release")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr(exports, "EXPORTERS", (exporter,))

    with full_disk(), pytest.raises(Unavailable, match=r"File too large|full|disk I/O error"):
        write_exports(content, tmp_path / "release")
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_file_where_a_folder_should_be_is_an_error_for_people(tmp_path: Path) -> None:
    content = stage(build_base("mission", tmp_path / "mission"), tmp_path / "release")
    (tmp_path / "release/exports").write_text("")

    with pytest.raises(Unavailable, match="exports"):
        write_exports(content, tmp_path / "release")


def test_a_column_knows_its_categories() -> None:
    field = {"categories": ["a", {"value": 2, "label": "two"}]}

    assert TypedColumn("c", "text", [], field).categories == ["a", "2"]
    assert TypedColumn("c", "text", [], {}).categories is None
