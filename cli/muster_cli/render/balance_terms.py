"""Where the numbers of a balance come from, for people: the rows that add up, and the evidence for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from muster_cli.render.console import printed
from muster_cli.render.explain import proof_parts
from muster_cli.render.visible import visible
from musterroll.record.balance import BalanceRow
from musterroll.record.terms import Term, Terms
from musterroll.record.written import written_count

_WHOLE = "all: the sum of the countries; reported of the whole"
_SAYING = {
    "commitments": ("status", "announced"),
    "conditions": ("kind", ""),
    "deployments": ("movement", "date"),
    "strengths": ("measure", "as_of"),
}


def render_terms(rows: Sequence[BalanceRow], terms: Terms, *, width: int, colour: bool) -> str:
    """The terms of every row that has any, by country."""
    return printed(_parts(rows, terms), colour=colour, width=width)


def _parts(rows: Sequence[BalanceRow], terms: Terms) -> Iterator[RenderableType]:
    for row in rows:
        found = terms.of(row)
        if found:
            yield Text(f"\n{visible(row.country or _WHOLE)}", "bold")
        for term in found:
            yield Padding(_heading(term), (0, 0, 0, 2), expand=False)
            for proof in term.proofs:
                for part in proof_parts(proof):
                    yield Padding(part, (0, 0, 0, 2), expand=False)


def _heading(term: Term) -> Text:
    """What it adds to, how much, and which row it is."""
    name, stem = _SAYING[term.row.table]
    revision = f" revision {term.revision}" if term.revision is not None else ""
    days = (term.row.cells.get(f"{stem}_{end}") for end in ("earliest", "latest"))
    when = " to ".join(dict.fromkeys(filter(None, days)))
    words = ", ".join(measure.replace("_", " ") for measure in term.measures)
    number = f" {written_count(term.number)}" if term.number else ""
    return Text.assemble(
        (f"{words}{number}", "bold"), f"  {visible(term.id)}{revision}  {visible(term.row.cells[name])} {when}".rstrip()
    )
