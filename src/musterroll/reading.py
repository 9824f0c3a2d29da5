"""The library for researchers: open a package, take its tables as frames, ask the record, compare two releases.

    release = musterroll.open("haiti-mss@1.0.0")
    release.table("deployments")      # a pandas frame, typed by the schema; as_polars and as_arrow give the same
    release.as_duckdb()               # every table in a DuckDB, to be asked in SQL
    release.balance("2024-10-11")     # promised and present on a day, by country and for the whole mission
    release.strength()                # the whole mission over time, computed and reported side by side
    release.funding("2025-02-04")     # who gave what by then, by status, nothing counted twice
    release.coverage()                # what is known of each country in each month
    release.latest()                  # each country at the horizon, one row each
    release.citation                  # the sentence to cite it by

Rows are frozen dataclasses; `musterroll.record.derived` defines them. Numbers of
people and amounts are ranges with `min`, `best` and `max`, None where open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING

from musterroll.errors import Unusable
from musterroll.package.descriptor import Package
from musterroll.package.opening import require_package
from musterroll.package.problem import Rejected, as_error
from musterroll.package.sources import opened, opened_previous
from musterroll.package.table import Table
from musterroll.package.tables import table_of

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from musterroll.changes.change import Change
    from musterroll.record.balance import BalanceRow
    from musterroll.record.derived.coverage import CoverageRow
    from musterroll.record.derived.funding import FundingRow
    from musterroll.record.derived.latest import LatestRow
    from musterroll.record.derived.strength import StrengthRow
    from musterroll.record.record import Record


@dataclass(frozen=True)
class Release:
    """A data package that was read, strictly and as a whole."""

    package: Package
    texts: Mapping[str, Table]

    @property
    def name(self) -> str:
        """The package's name."""
        return self.package.name

    @property
    def version(self) -> str | None:
        """The data version."""
        return self.package.version

    @property
    def citation(self) -> str:
        """The sentence to cite it by, made of what its descriptor says.

        Raises `Unusable` if it has no version.
        """
        from musterroll.release.content import Content
        from musterroll.release.metadata.citing import citation
        from musterroll.release.metadata.describe import describe

        if self.version is None:
            raise Unusable(f"{self.name} has no version, so nobody could find again what is cited")
        return citation(describe(Content(self.package, self.texts)))

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables."""
        return tuple(self.texts)

    def table(self, name: str) -> pd.DataFrame:
        """A table as a frame, typed by its schema: Int64, Float64, boolean, string, category, datetime64.

        Raises `KeyError` if there is no such table, `Unusable` if a cell is no
        value of its type.
        """
        from musterroll.typed.frame import frame

        return frame(self._texts_of(name))

    def as_polars(self, name: str) -> pl.DataFrame:
        """A table as a Polars frame, typed by its schema, every value exact; needs `polars`.

        Raises `KeyError` if there is no such table.
        """
        import polars as pl

        return pl.DataFrame(self.as_arrow(name))

    def as_arrow(self, name: str) -> pa.Table:
        """A table as an Arrow table, typed by its schema, every value exact: what does not fit a type stays text.

        Raises `KeyError` if there is no such table.
        """
        from musterroll.typed.arrow import arrow_table

        return arrow_table(self._texts_of(name))

    def as_duckdb(self) -> duckdb.DuckDBPyConnection:
        """All tables, and the derived ones of a record that has a mission, in a DuckDB in memory that is yours."""
        from musterroll.query.database import database
        from musterroll.record.profile import follows_profile

        return database(self.texts, self._record if follows_profile(self.package.profile) else None)

    def balance(self, as_of: date | str) -> list[BalanceRow]:
        """Promised, deployed and present on a day, by country and last for the whole mission.

        Raises `Unusable` if the package holds no record of a mission.
        """
        from musterroll.record.balance import balance

        return balance(self._record, _day(as_of))

    def strength(self) -> list[StrengthRow]:
        """The whole mission on every day on which its strength or what is reported of it changed, up to the horizon.

        Raises as `balance` does.
        """
        from musterroll.record.derived.strength import strength

        return strength(self._record)

    def funding(self, as_of: date | str | None = None) -> list[FundingRow]:
        """What had been given and promised by the end of a day (the horizon, if not said), by giver and status.

        Raises as `balance` does.
        """
        from musterroll.record.derived.funding import funding

        return funding(self._record, None if as_of is None else _day(as_of))

    def coverage(self) -> list[CoverageRow]:
        """What the record holds of each country in each month, and where it cannot tell whether anybody looked.

        Raises as `balance` does.
        """
        from musterroll.record.derived.coverage import coverage

        return coverage(self._record)

    def latest(self) -> list[LatestRow]:
        """Each country of which people were promised or came, at the horizon.

        Raises as `balance` does.
        """
        from musterroll.record.derived.latest import latest

        return latest(self._record)

    def _texts_of(self, name: str) -> Table:
        if name not in self.texts:
            raise KeyError(f"{self.name} has no table {name}; it has {', '.join(self.tables)}")
        return self.texts[name]

    @cached_property
    def _record(self) -> Record:
        from musterroll.record.loading import record_of_tables

        return record_of_tables(self.package, self.texts)


def open(target: str | PathLike[str]) -> Release:
    """Read a package: a folder, a `.zip`, a git revision (`@v1.2.0`, `PATH@REV`), an `https://` URL, or a release.

    A release is named `NAME@1.0.0` or `NAME@latest`, and looked for in MUSTER_INDEX,
    in `releases/` of the current folder, and among those that were fetched before.

    Raises `Unavailable` if there is nothing there, `Refused` if it is unsafe,
    `Unusable` if a table cannot be read reliably or a release is not what it should be.
    """
    with opened(str(target)) as folder:
        package = require_package(folder)
        try:
            read = {resource.name: table_of(package, resource) for resource in package.resources}
        except Rejected as rejection:
            raise as_error(rejection.problem) from rejection
    return Release(package, {name: table for name, table in read.items() if table is not None})


def diff(old: str | PathLike[str], new: str | PathLike[str]) -> Iterator[Change]:
    """Every change from one package to the other, by table, kind and key, one after the other.

    Raises as `open` does; `Unavailable` whenever the old one cannot be read.
    """
    from musterroll.changes.diff import compared

    with opened_previous(str(old)) as before, opened(str(new)) as after, compared(before, after) as found:
        yield from found.changes()


def _day(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day
