"""What the user wants to be written, read against the package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from musterroll.drafting.cell_rules import among
from musterroll.drafting.draft import read_tables
from musterroll.drafting.proofs import Source, takes_evidence
from musterroll.drafting.settings import Settings, read_settings
from musterroll.drafting.unfit import Unfit, refuse
from musterroll.package.descriptor import Package
from musterroll.package.table import Table
from musterroll.record.profile import follows_profile


@dataclass(frozen=True)
class Request:
    """A row of `table` with these cells, for which `source` speaks."""

    tables: Mapping[str, Table]
    table: Table
    settings: Settings
    source: Source
    is_record: bool  # of a mission, whose rows need evidence

    @property
    def takes_evidence(self) -> bool:
        """Whether the row needs evidence."""
        return self.is_record and takes_evidence(self.tables, self.table)


def read_request(package: Package, name: str, pairs: Sequence[tuple[str, str]], source: Source) -> Request:
    """The request for a row of the table `name` with these pairs of column (or stem) and value.

    Raises `Unfit` if there is no such table or column, or a value does not fit;
    `Unusable` if a table of the package cannot be read.
    """
    tables = read_tables(package)
    table = table_named(tables, name)
    is_record = follows_profile(package.profile)
    request = Request(tables, table, read_settings(table, pairs), source, is_record)
    refuse(_source_faults(request))
    return request


def table_named(tables: Mapping[str, Table], name: str) -> Table:
    """The table of that name; raises `Unfit` with the names of all if there is none, or it has no key."""
    if name not in tables:
        raise Unfit(f"there is no table {name}; the tables are {', '.join(sorted(tables))}")
    table = tables[name]
    if not table.schema.primary_key or not set(table.schema.primary_key) <= set(table.index):
        raise Unfit(f"{name} has no primary key, so a row of it has no id")
    return table


def _source_faults(request: Request) -> Iterator[str]:
    """Faults of --source and --locator: a source that is not there, or a table that takes none."""
    if request.takes_evidence:
        known = sorted(request.tables["sources"].column("source_id")) if "sources" in request.tables else []
        if request.source.id and request.source.id not in known:
            told = f"--source {request.source.id}: sources has no such row; {among(known, request.source.id)}"
            yield f"{told}. If it is new: muster new sources"
        return
    for name, text in request.source.cells.items():
        if text and name not in request.table.index:
            yield f"rows of {request.table.name} need no evidence, so they take no {name.removesuffix('_id')}"
