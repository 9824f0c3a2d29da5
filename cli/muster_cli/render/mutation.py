"""The trials of `muster mutate` as a table for people, and as a page for the documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from muster_cli.render.console import printed
from muster_cli.render.inert import plain
from muster_cli.render.visible import visible
from muster_validators import LAYERS
from muster_validators.scoring.score import Share, is_caught, is_caught_by_gate, lies_in_a_row, score
from muster_validators.scoring.trial import Trial, Trials, Verdict
from musterroll.faults.kinds import BY_ID

_MARKS = {None: "–", "error": "✔", "warning": "!", "not_run": "✘"}
_LEGEND = "✔ error, ! warning, – nothing, ✘ could not run, · not asked, for validate refuses it already"
_RANK = ("error", "not_run", "warning", None)  # the weakest of several trials is shown


def render_text(trials: Trials, *, colour: bool = False) -> str:
    """A row for each kind, and the three shares below."""
    table = Table(box=None, pad_edge=False)
    for name in ("fault", *LAYERS, "gate", "table", "row", "column"):
        table.add_column(name, no_wrap=True)
    for id, found in trials.by_kind.items():
        needs = " *" if BY_ID[id].needs_previous else ""
        cells = [*_layers(found), _gate(found), *_named(found)]
        table.add_row(Text(f"{id}{needs}"), *(Text(cell, _style(cell)) for cell in cells))
    return printed([table, Text(), *map(Text, _summary(trials))], colour=colour)


def render_markdown(trials: Trials) -> str:
    """A page: the shares, a table for each subject, and every miss with its reason."""
    return "\n".join([*_head(trials), *_tables(trials), *_misses(trials)]) + "\n"


def _style(cell: str) -> str:
    return {"–": "red", "no": "red", "!": "yellow", "✔": "green"}.get(cell, "")


def _layers(found: list[Trial]) -> list[str]:
    return [_mark([trial.layers[name] for trial in found]) for name in LAYERS]


def _gate(found: list[Trial]) -> str:
    asked = [trial.gate for trial in found if trial.gate is not None]
    return _mark(asked) if asked else "·"


def _mark(verdicts: list[Verdict]) -> str:
    return _MARKS[max((verdict.severity for verdict in verdicts), key=_RANK.index)]


def _named(found: list[Trial]) -> list[str]:
    best = [trial.best for trial in found]
    return [
        _yes([verdict.table for verdict in best]),
        _yes([verdict.row for verdict in best]),
        _yes([verdict.field for verdict in best]),
    ]


def _yes(named: list[bool | None]) -> str:
    return "no" if False in named else "" if None in named else "yes"


def _summary(trials: Trials) -> Iterator[str]:
    result, count = score(trials), len(trials.by_kind)
    yield f"{count} kinds of fault, each planted {_times(trials.times)} (seed {trials.seed}). {_LEGEND}."
    yield f"caught by validate alone  {_share(result.alone)} kinds that something in the package betrays"
    yield f"caught by gate            {_share(result.gate)} kinds (* needs the release before)"
    yield f"  of these as an error    {_share(result.refused)}"
    yield f"place named               {_share(result.named)} kinds that lie in one row"
    if trials.inapplicable:
        yield f"nothing to change here    {', '.join(trials.inapplicable)}"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _share(share: Share) -> str:
    return f"{share.percent:5.1f} %  {share.count} of {share.of}"


def _head(trials: Trials) -> Iterator[str]:
    result = score(trials)
    package = f"{trials.package.name} {trials.package.version or ''}".rstrip()
    yield "# What the checks catch"
    yield ""
    yield f"Made by `muster mutate --format markdown` on {plain(visible(package))} (seed {trials.seed}; every kind"
    yield f"planted {_times(trials.times)}). Each fault is planted by itself in a copy, and the checks are asked."
    yield "Hash and size in the descriptor are made true again first, as `muster fmt` does for whoever edits: with the"
    yield "old hash, `integrity` would catch every fault, and nothing would be learned of the other checks."
    yield ""
    yield "| | kinds | |"
    yield "|---|---|---|"
    for words, share in (
        ("caught by `validate` alone, of those that something in the package betrays", result.alone),
        ("caught by `gate`, which also has the release before", result.gate),
        ("of these as an error, so that it cannot be published", result.refused),
        ("table, row and column named, of those that lie in one row", result.named),
    ):
        yield f"| {words} | {share.count} of {share.of} | {share.percent:.1f} % |"


def _tables(trials: Trials) -> Iterator[str]:
    subject = ""
    yield ""
    yield f"{_LEGEND}. An asterisk: nothing in the package betrays it, only the release before does."
    for id, found in trials.by_kind.items():
        kind = BY_ID[id]
        if kind.subject != subject:
            subject = kind.subject
            yield from ("", f"## {subject}", "", f"| fault | | {' | '.join(LAYERS)} | gate | named | by |")
            yield f"|---|---|{'---|' * len(LAYERS)}---|---|---|"
        needs = " *" if kind.needs_previous else ""
        cells = [f"{kind.id}{needs}", kind.says, *_layers(found), _gate(found), _place_words(found), _checks(found)]
        yield f"| {' | '.join(plain(cell) for cell in cells)} |"


def _place_words(found: list[Trial]) -> str:
    words = [name for name, cell in zip(("table", "row", "column"), _named(found), strict=True) if cell == "yes"]
    return ", ".join(words) if "no" not in _named(found) else f"{', '.join(words) or 'nothing'} only"


def _checks(found: list[Trial]) -> str:
    names = sorted({check for trial in found for check in trial.best.checks})
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _misses(trials: Trials) -> Iterator[str]:
    yield from ("", "## What is missed, and why", "")
    for id, found in trials.by_kind.items():
        kind = BY_ID[id]
        if kind.needs_previous and not is_caught(found):
            yield f"- `{id}`: `validate` cannot know: {plain(kind.needs_previous)}."
        elif not is_caught(found):
            yield f"- `{id}`: missed by `validate`: {plain(kind.missed or 'not explained yet')}."
        if not is_caught_by_gate(found):
            yield f"- `{id}`: missed by `gate`: {plain(kind.missed or 'not explained yet')}."
        elif lies_in_a_row(kind) and not all(trial.best.is_named for trial in found):
            yield f"- `{id}`: its place is not named in full: {plain(kind.missed or 'not explained yet')}."
