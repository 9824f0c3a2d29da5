"""Changes as text for a terminal: counts first, three examples of each kind, and how to see all."""

from __future__ import annotations

from collections.abc import Iterator

from rich.padding import Padding
from rich.text import Text

from muster_cli.render.console import printed
from muster_cli.render.gathered import Gathered, Group, gather, in_words, title, words
from muster_cli.render.told import told
from muster_cli.render.visible import visible
from musterroll.changes.compatibility import Policy
from musterroll.changes.diff import Diff

_EXAMPLES = 3
_STYLE = {"none": "dim", "patch": "green", "minor": "yellow", "major": "bold red"}


def render_text(diff: Diff, *, policy: Policy, colour: bool, show_all: bool) -> str:
    """The whole difference; an empty one in one line."""
    gathered = gather(diff, None if show_all else _EXAMPLES, policy)
    return printed(_parts(diff, gathered), colour=colour)


def _parts(diff: Diff, gathered: Gathered) -> Iterator[Text | Padding]:
    yield Text(title(diff), "bold")
    if not gathered.tables:
        yield Text("No differences.")
        return
    yield Text.assemble(
        f"{', '.join(in_words(gathered.counts))}. Required: ", (gathered.bump, _STYLE[gathered.bump]), "."
    )
    yield from (Text(f"Headline total {visible(text)}", "yellow") for text in gathered.moved)
    for table, groups in gathered.tables.items():
        yield Text()
        yield Text(visible(table) if table else "datapackage.json", "bold")
        for group in groups.values():
            yield from _group(group)


def _group(group: Group) -> Iterator[Padding]:
    heading = Text.assemble(
        f"{words(group.kind, group.count)}: {group.count:,} ", (f"({group.bump})", _STYLE[group.bump])
    )
    yield Padding(heading, (0, 0, 0, 2))
    for change in group.first:
        yield Padding(Text(told(change)), (0, 0, 0, 4))
    if group.count > len(group.first):
        yield Padding(Text(f"… and {group.count - len(group.first):,} more; --all lists them", "dim"), (0, 0, 0, 4))
