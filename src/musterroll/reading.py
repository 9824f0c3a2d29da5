"""The library for researchers: open a package, take its tables as frames, ask the record, compare two releases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING

from musterroll.package.descriptor import Package
from musterroll.package.opening import require_package
from musterroll.package.problem import Rejected, as_error
from musterroll.package.sources import opened, opened_previous
from musterroll.package.table import Table
from musterroll.package.tables import table_of

if TYPE_CHECKING:
    import pandas as pd

    from musterroll.changes.change import Change
    from musterroll.record.balance import BalanceRow


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
    def tables(self) -> tuple[str, ...]:
        """Names of the tables."""
        return tuple(self.texts)

    def table(self, name: str) -> pd.DataFrame:
        """A table as a frame, typed by its schema: Int64, Float64, boolean, string, category, datetime64.

        Raises `KeyError` if there is no such table, `Unusable` if a cell is no
        value of its type.
        """
        from musterroll.package.typed import frame

        if name not in self.texts:
            raise KeyError(f"{self.name} has no table {name}; it has {', '.join(self.tables)}")
        return frame(self.texts[name])

    def balance(self, as_of: date | str) -> list[BalanceRow]:
        """Promised, deployed and present on a day, by country and last for the whole mission.

        Raises `Unusable` if the package holds no record of a mission.
        """
        from musterroll.record.balance import balance
        from musterroll.record.loading import record_of_tables

        day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
        return balance(record_of_tables(self.package, self.texts), day)


def open(target: str | PathLike[str]) -> Release:
    """Read a package: a folder, a `.zip`, a git revision (`@v1.2.0`, `PATH@REV`) or an `https://` URL.

    Raises `Unavailable` if there is nothing there, `Refused` if it is unsafe,
    `Unusable` if a table cannot be read reliably.
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
