"""The table of a resource, for those who need it whole and have no use for a list of its faults."""

from __future__ import annotations

from collections.abc import Set

from musterroll.package.descriptor import Package, Resource
from musterroll.package.inline import read_inline
from musterroll.package.problem import HARMLESS, MENDED, Problem, Rejected
from musterroll.package.table import Table
from musterroll.package.table_reader import read_table


def table_of(package: Package, resource: Resource, harmless: Set[str] = HARMLESS | MENDED) -> Table | None:
    """The table in the resource's CSV file or in the descriptor; None if it is no table that this library reads.

    Raises `Rejected` with the first problem that is not among `harmless`, or if
    a file is missing.
    """
    if resource.missing:
        missing = ", ".join(sorted(resource.missing))
        raise Rejected(Problem("manifest-missing", "The file is listed but does not exist.", missing))
    if "data" in resource.descriptor:
        return read_inline(package, resource)
    if not resource.is_table or not resource.is_csv:
        return None
    reading = read_table(package, resource, harmless)
    if reading.table is None:
        raise Rejected(next(problem for problem in reading.problems if problem.check not in harmless))
    return reading.table
