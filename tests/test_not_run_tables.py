"""No check passes because a table could not be read, and none reads a table that it does not say it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from golden import build_base, put_in_form
from muster_validators import Report, judge_release, validate
from muster_validators.facts import judge as facts
from muster_validators.gate import judge as gate
from muster_validators.gate.subject import Subject
from muster_validators.record_of import record_of
from muster_validators.structure.judge import Structure, judge_structure
from musterroll.changes.diff import compared
from musterroll.package.folder import Folder
from musterroll.package.table import Table
from musterroll.record.profile import profile_schemas
from musterroll.record.record import Record
from running import RECORD

_TABLES = sorted(profile_schemas())
_EVERY_DAY = {"commitments", "evidence", "waivers"}
_SOME_SLOW = [pytest.param(name, marks=[] if name in _EVERY_DAY else [pytest.mark.slow]) for name in _TABLES]


class Watched(Mapping[str, Table]):
    """Tables that remember which of them were asked for, in whatever way."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self.tables, self.asked = tables, set[str]()

    def __getitem__(self, name: str) -> Table:
        self.asked.add(name)
        return self.tables[name]

    def __iter__(self) -> Iterator[str]:
        self.asked |= set(self.tables)
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)


def _undecodable(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\xff\xfe\n")


_FAULTS: Mapping[str, Callable[[Path], None]] = {"undecodable": _undecodable, "missing": Path.unlink}


@pytest.fixture(scope="module")
def structure(tmp_path_factory: pytest.TempPathFactory) -> Structure:
    """A small mission record, as its structure was judged."""
    return judge_structure(Folder(build_base("mission", tmp_path_factory.mktemp("mission") / "package")))


@contextmanager
def broken(package: Path, table: str, fault: str) -> Iterator[None]:
    """The package with one table that nobody can read."""
    path = package / f"data/{table}.csv"
    data = path.read_bytes()
    _FAULTS[fault](path)
    try:
        yield
    finally:
        path.write_bytes(data)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small mission record in canonical form, whose tables are broken one after the other."""
    package = build_base("mission", tmp_path_factory.mktemp("mission") / "package")
    put_in_form(package)
    return package


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, which stays as it is."""
    package = build_base("mission", tmp_path_factory.mktemp("sound") / "package")
    put_in_form(package)
    return package


def not_run(report: Report, layer: str) -> set[str]:
    return {item.check for found in report.layers if found.name == layer for item in found.not_run}


@pytest.mark.parametrize("table", _SOME_SLOW)
def test_a_table_that_cannot_be_decoded_stops_the_facts_that_need_it_and_no_others(table: str, package: Path) -> None:
    with broken(package, table, "undecodable"):
        report = validate(package, ("structure", "facts"))

    assert {check.INFO.id for check in facts.CHECKS if table in check.NEEDS} <= not_run(report, "facts")
    assert not_run(report, "facts") & {check.INFO.id for check in facts.CHECKS if table not in check.NEEDS} == set()
    assert {"type-error", "category", "unique-key"} <= not_run(report, "structure")
    assert report.layers[0].status == "failed"
    assert (report.valid, report.exit_code()) == (False, 1)


@pytest.mark.slow
@pytest.mark.parametrize("fault", sorted(_FAULTS))
@pytest.mark.parametrize("table", _TABLES)
def test_a_table_that_cannot_be_read_keeps_the_gate_closed_and_every_check_of_it_is_named(
    table: str, fault: str, package: Path, sound: Path
) -> None:
    with broken(package, table, fault):
        report = judge_release(package, sound)

    needing = {check.INFO.id for check in gate.CHECKS if table in check.NEEDS or check.COMPARES}
    assert needing | {"candidate-row"} <= not_run(report, "gate")
    assert {"fill-rate", "row-count", "value-range"} <= not_run(report, "plausibility")
    assert (report.valid, report.exit_code()) == (False, 1)


def test_a_table_with_errors_is_named_by_every_check_of_the_gate_that_looks_at_all(package: Path, sound: Path) -> None:
    sources = package / "data/sources.csv"
    whole = sources.read_text()
    sources.write_text(whole.replace("2024-07-20", "yesterday"))
    try:
        report = judge_release(package, sound, layers=())
    finally:
        sources.write_text(whole)

    items = [item for item in report.layers[-1].not_run if item.table == "sources"]
    assert {item.check for item in items} == {"candidate-row", "id-lost", "id-reused"}
    assert not report.valid


@pytest.mark.parametrize("check", facts.CHECKS, ids=lambda check: check.INFO.id)
def test_a_check_of_the_facts_reads_no_table_that_it_does_not_say_it_needs(check: Any, structure: Structure) -> None:
    assert _asked(check, structure) <= set(check.NEEDS)


@pytest.mark.slow
def test_nor_does_it_on_the_whole_record() -> None:
    structure = judge_structure(Folder(RECORD))

    for check in facts.CHECKS:
        assert _asked(check, structure) <= set(check.NEEDS), check.INFO.id


def _asked(check: Any, structure: Structure) -> set[str]:
    """The tables that a check asked for."""
    whole = record_of(structure)
    assert whole
    tables = Watched(structure.tables)
    list(check.run(Record(tables, whole.horizon, whole.searches)))
    return tables.asked


@pytest.mark.parametrize("table", _TABLES)
def test_without_a_table_a_check_of_the_facts_is_named_and_the_others_find_nothing_new(
    table: str, structure: Structure
) -> None:
    without = Structure(structure.package)
    without.tables = {name: found for name, found in structure.tables.items() if name != table}

    found = facts.judge_facts(without)

    assert {item.check for item in found.not_run} == {check.INFO.id for check in facts.CHECKS if table in check.NEEDS}
    assert found.findings == []


def test_a_check_of_the_gate_reads_no_table_that_it_does_not_say_it_needs(structure: Structure) -> None:
    package = structure.package
    assert package
    with compared(package.folder, package.folder) as diff:
        for check in gate.CHECKS:
            tables = Watched(structure.tables)
            subject = Subject(
                package=package,
                tables=tables,
                unsound=(),
                diff=diff,
                previous=structure.tables,
                record=record_of(structure),
                not_run=frozenset(),
                today=date(2026, 6, 30),
            )
            list(check.run(subject))

            assert tables.asked <= set(check.NEEDS) or check in gate._ON_EVERY_TABLE, check
