"""Changes as Markdown for the comment on a pull request; no cell is ever markup or a mention."""

from __future__ import annotations

from collections.abc import Iterator

from muster_cli.render.gathered import Gathered, gather, in_words, title, words
from muster_cli.render.inert import html, plain
from muster_cli.render.told import told
from muster_cli.render.visible import visible
from musterroll.changes.compatibility import Policy
from musterroll.changes.diff import Diff

_EXAMPLES = 20
_LONGEST = 50_000  # characters; a comment may have 65,536, and the table of counts comes on top


def render_markdown(diff: Diff, *, policy: Policy) -> str:
    """A summary, a table of counts, and the first changes of each kind, folded."""
    gathered = gather(diff, _EXAMPLES, policy)
    return "\n".join(_within(_lines(diff, gathered))) + "\n"


def _within(lines: Iterator[str]) -> Iterator[str]:
    """The lines, without the changes behind those that fit into a comment; how many these are is said."""
    length, left_out = 0, 0
    for line in lines:
        is_change = line.startswith("- ")
        length += 0 if is_change and length > _LONGEST else len(line) + 1
        if is_change and length > _LONGEST:
            left_out += 1
        else:
            yield line
    if left_out:
        yield f"\nA comment has a limit: {left_out:,} more changes are in the other formats."


def _lines(diff: Diff, gathered: Gathered) -> Iterator[str]:
    yield f"### {plain(title(diff))}"
    yield ""
    if not gathered.tables:
        yield "No differences."
        return
    yield f"{', '.join(in_words(gathered.counts))}. Required: **{gathered.bump}**."
    yield from (f"Headline total {plain(visible(text))}." for text in gathered.moved)
    yield ""
    yield from ("| table | change | how many | requires |", "|---|---|---:|---|")
    for table, groups in gathered.tables.items():
        for group in groups.values():
            change = words(group.kind, group.count)
            yield f"| {plain(table or 'datapackage.json')} | {change} | {group.count:,} | {group.bump} |"
    for table, groups in gathered.tables.items():
        yield from ("", f"<details><summary>{html(table or 'datapackage.json')}</summary>", "")
        for group in groups.values():
            yield f"**{words(group.kind, group.count)}**"
            yield ""
            yield from (f"- {plain(told(change))}" for change in group.first)
            if group.count > len(group.first):
                yield f"- … and {group.count - len(group.first):,} more"
            yield ""
        yield "</details>"
