"""A check or a row, explained for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from muster_cli.render.console import printed
from muster_cli.render.examples import render_example
from muster_cli.render.visible import visible
from muster_validators.check import CheckInfo
from muster_validators.examples.example import Example
from musterroll.record.dossier import Dossier, Proof, Row

_STANCE = {"supports": "green", "conflicts": "yellow", "context": "dim"}


def render_check(info: CheckInfo, example: Example | None = None, *, colour: bool = False) -> str:
    """What must hold, why, what fails, how to mend it; then its example, line by line."""
    parts = {"why": info.why, "fails": info.example, "mend": info.remedy}
    heading = Text.assemble((info.id, "bold"), f" ({info.layer}, {info.severity})")
    text = printed([heading, Text(info.holds, "italic"), _grid(parts)], colour=colour)
    return text + (render_example(example, colour=colour) if example else "")


def render_dossier(dossier: Dossier, *, colour: bool = False) -> str:
    """The row, its evidence with sources, and the rows it belongs with."""
    return printed(_parts(dossier), colour=colour)


def _parts(dossier: Dossier) -> Iterator[RenderableType]:
    for row in dossier.rows:
        yield Text.assemble((visible(dossier.id), "bold"), f"  {row.table}, {row.place}")
        yield _grid(row.cells)
    cites = dossier.rows[0].table == "sources"
    if dossier.proofs:
        yield Text("\ncited by" if cites else "\nevidence", "bold")
    for proof in dossier.proofs:
        yield from proof_parts(proof)
    if dossier.related:
        yield Text("\nbelongs with", "bold")
    for label, row in dossier.related:
        cells = ", ".join(visible(value, 60) for name, value in row.cells.items() if name != "note")
        yield Padding(
            Text.assemble((f"{label}: ", "dim"), cells, (f"  {row.place}", "dim")), (0, 0, 0, 2), expand=False
        )


def proof_parts(proof: Proof) -> Iterator[RenderableType]:
    """One piece of evidence: what it says, why it is ranked so, and the source that it cites."""
    cells = proof.evidence.cells
    stance = cells["stance"]
    field = cells.get("field", "the row")
    said = f" = {visible(cells['value_asserted'])}" if "value_asserted" in cells else ""
    about = f"{cells['row_id']} " if proof.source is None else ""
    revision = f" (revision {cells['revision']})" if "revision" in cells else ""
    heading = Text.assemble(
        (f"{stance}, {cells['rank']}", _STANCE[stance]),
        f"  {about}{field}{said}{revision}  ",
        (f"{cells['source_id']} {cells['locator']}", "bold"),
    )
    yield _indented(heading, 2)
    if "reason" in cells:
        yield _indented(Text(visible(cells["reason"], 500)), 6)
    if proof.source:
        yield _indented(Text(_source(proof.source), "dim"), 6)


def _source(row: Row) -> str:
    days = [row.cells[name] for name in ("published_earliest", "published_latest") if name in row.cells]
    published = " to ".join(dict.fromkeys(days)) or "undated"
    parts = [row.cells.get("title"), row.cells.get("publisher"), published, row.cells.get("url")]
    return ", ".join(visible(part) for part in parts if part)


def _grid(cells: Mapping[str, str]) -> Padding:
    grid = Table.grid(padding=(0, 2))
    for name, value in cells.items():
        grid.add_row(Text(name, "dim"), Text(visible(value, 1000)))
    return _indented(grid, 2)


def _indented(content: RenderableType, columns: int) -> Padding:
    return Padding(content, (0, 0, 0, columns), expand=False)
