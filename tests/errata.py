"""Two releases of the made-up record that differ in a few cells, and errata that tell why."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from golden import build_base
from musterroll.changes.corrections import unexplained_corrections
from musterroll.changes.diff import Diff, compared
from musterroll.package.folder import Folder
from running import replace, seal

# What is corrected where it does not matter what: an event happened a day earlier.
A_DAY_EARLIER = ("events", "E-0002,attack,2024-10-03,2024-10-03", "E-0002,attack,2024-10-02,2024-10-03")


@contextmanager
def diff_of(
    folder: Path, edit: Callable[[Path], None], errata: str = "", *, version: str = "1.1.0", before: str = ""
) -> Iterator[Diff]:
    """The made-up record and an edited copy of it, with more errata in the new and in the old one."""
    old, new = build_base("mission", folder / "old"), build_base("mission", folder / "new")
    edit(new)
    for package, rows in ((old, before), (new, before + errata)):
        place = package / "data/errata.csv"
        place.write_text(place.read_text() + rows)
    set_version(new, version)
    seal(new)
    with compared(Folder(old), Folder(new)) as diff:
        yield diff


def set_version(package: Path, version: str) -> None:
    descriptor = json.loads((package / "datapackage.json").read_text())
    (package / "datapackage.json").write_text(json.dumps({**descriptor, "version": version}))


def edit(table: str, before: str, after: str) -> Callable[[Path], None]:
    return lambda package: replace(package, f"data/{table}.csv", before, after)


def nothing(_: Path) -> None:
    pass


def unexplained(diff: Diff) -> list[tuple[str, str, str, str]]:
    return [
        ("/".join(item.key.values()), item.field, item.before, item.after) for item in unexplained_corrections(diff)
    ]


def erratum(
    row: str, field: str = "", before: str = "", after: str = "", *, fixed: str = "1.1.0", id: str = "2"
) -> str:
    table, row_id = row.split(" ")
    return f"X-000{id},{table},{row_id},{field},{before},{after},we_were_wrong,1.0.0,{fixed},\n"
