"""The report for people: what was checked, what failed, where, why it matters, how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from muster_cli.render.console import printed
from muster_cli.render.visible import visible
from muster_validators import CATALOGUES, LAYERS
from muster_validators.catalogues import WAIVABLE
from muster_validators.finding import SEVERITIES, Finding, NotRun, Severity
from muster_validators.report import Layer, Report, Since
from musterroll.record.written import written, written_count

_SHOWN = 10
_STYLE = {"error": "bold red", "warning": "yellow", "info": "cyan"}
WHY_NOT = {
    "facts": "does not apply: the package does not follow the mission-record profile",
    "plausibility": "does not apply: no release to compare with (--against OLD), and no mission record",
    "gate": "does not apply",
}
_MARKS = {
    "passed": ("✔", "green"),
    "failed": ("✘", "bold red"),
    "not_run": ("!", "bold red"),
    "not_applicable": ("–", "dim"),
}


def render_text(report: Report, *, colour: bool = False, show_all: bool = False, fail_on: Severity = "error") -> str:
    """The report as text, coloured if asked for; findings are grouped by check, ten each unless `show_all`."""
    return printed(_parts(report, show_all=show_all, fail_on=fail_on), colour=colour)


def _parts(report: Report, *, show_all: bool, fail_on: Severity) -> Iterator[Text | Padding]:
    yield _title(report)
    yield from _headline(report)
    if report.since:
        yield Text(since_words(report.since))
    if report.new_since:
        yield Text(new_since_words(report))
    yield Text()
    for layer in report.layers:
        yield _layer(layer)
        yield from _not_run(layer)
    yield from _not_asked(report)
    for findings in _by_check(report):
        yield Text()
        yield from _group(findings, show_all=show_all)
    yield Text()
    yield _verdict(report, fail_on)


def _title(report: Report) -> Text:
    name = visible(f"{report.package} {report.version or ''}".strip())
    rows = sum(table.rows for table in report.tables)
    size = f": {plural(len(report.tables), 'table')}, {plural(rows, 'row')}" if report.tables else ""
    old = report.against
    compared = visible(f", compared with {old.name} {old.version or ''}".rstrip()) if old else ""
    return Text.assemble((name, "bold"), size, compared)


def _headline(report: Report) -> Iterator[Text]:
    row = report.headline
    if row is None:
        return
    without = f", {row.pledges_without_number} pledges give no number" if row.pledges_without_number else ""
    yield Text(f"On {row.as_of} promised {written(row.pledged)} people{without};")
    reported = f", reported {written_count(row.reported)} on {row.reported_as_of}" if row.reported else ""
    yield Text(f"deployed {written(row.deployed)}, of them {report.host.inside} {written(row.present)}{reported}.")


def since_words(since: Since) -> str:
    """What a narrowed report leaves out."""
    name = visible(f"{since.name} {since.version or ''}".rstrip())
    left_out = f"{plural(since.left_out, 'finding')} on other rows" if since.left_out else "nothing"
    return f"Shown is what concerns the changes since {name}; left out: {left_out}."


def new_since_words(report: Report) -> str:
    """How many findings are known, and from where; of a report that tells new from known."""
    old = report.new_since
    name = visible(f"{old.name} {old.version or ''}".rstrip()) if old else ""
    if not report.known:
        return f"No finding here is one of {name}: all of them count."
    verb = "is" if report.known == 1 else "are"
    return f"{plural(report.known, 'finding')} that {name} has too {verb} known and not counted."


def found_words(layer: Layer) -> list[str]:
    """`1 error`, `2 warnings` …, and how many are known, of one layer."""
    counts = Counter(finding.severity for finding in layer.findings if not finding.known)
    known = sum(finding.known for finding in layer.findings)
    found = [plural(counts[severity], severity) for severity in SEVERITIES if counts[severity]]
    return [*found, *([f"{known:,} known"] if known else [])]


def _layer(layer: Layer) -> Text:
    mark, style = _MARKS[layer.status]
    found = found_words(layer)
    applied = plural(layer.checks - len(layer.inapplicable), "check")
    detail = WHY_NOT[layer.name] if layer.status == "not_applicable" else ", ".join([applied, *found])
    some = f" (not applicable: {', '.join(layer.inapplicable)})" if 0 < len(layer.inapplicable) < layer.checks else ""
    return Text.assemble((f"{mark} {layer.name:<12}", style), f" {detail}", (some, "dim"))


def _not_run(layer: Layer) -> Iterator[Padding]:
    """What did not run, grouped by reason, with every table and every check named."""
    by_reason: dict[str, list[NotRun]] = {}
    for item in layer.not_run:
        by_reason.setdefault(item.reason, []).append(item)
    for reason, items in by_reason.items():
        names = sorted({item.check for item in items})
        tables = list(dict.fromkeys(visible(item.table) for item in items if item.table))
        where = f" on {', '.join(tables)}" if tables else ""
        text = Text(f"{plural(len(names), 'check')} not run{where}: {visible(reason)} ", "red")
        yield _indented(text.append(f"({', '.join(names)})", "dim"), 4)


def _not_asked(report: Report) -> Iterator[Text]:
    """Layers that nobody asked for: the verdict says nothing of them."""
    asked = {layer.name for layer in report.layers}
    if missing := [name for name in LAYERS if name not in asked]:
        yield Text(f"– not judged, for it was not asked for: {', '.join(missing)}", "dim")


def _by_check(report: Report) -> Iterator[list[Finding]]:
    """Those that are new before those that are known, also within a group, so that none of them is cut off."""

    def rank(finding: Finding) -> tuple[int, str]:
        return SEVERITIES.index(finding.severity), finding.check

    new_first = sorted(report.findings, key=lambda finding: (rank(finding), finding.known))
    for _, group in groupby(new_first, key=rank):
        yield list(group)


def _group(findings: list[Finding], *, show_all: bool) -> Iterator[Text | Padding]:
    first = findings[0]
    info = CATALOGUES[first.layer][first.check]
    known = sum(finding.known for finding in findings)
    counts = [f"{len(findings)} times"] if len(findings) > 1 else []
    counts += [f"{known} known" if known < len(findings) else "known"] if known else []
    count = f" ({', '.join(counts)})" if counts else ""
    yield Text.assemble((first.severity, _STYLE[first.severity]), f" {first.check}{count}: ", (info.holds, "italic"))
    shown = findings if show_all else findings[:_SHOWN]
    for finding in shown:
        yield _indented(_place(finding), 2)
        yield _indented(Text(visible(finding.message, 500)), 6)
        yield from _related(finding, show_all=show_all)
    if len(findings) > len(shown):
        yield _indented(Text(f"… and {len(findings) - len(shown):,} more; --all lists them", "dim"), 2)
    advice = Table.grid(padding=(0, 2))
    advice.add_row(Text("why", "dim"), Text(info.why))
    advice.add_row(Text("mend", "dim"), Text(info.remedy))
    yield _indented(advice, 2)


def _related(finding: Finding, *, show_all: bool) -> Iterator[Padding]:
    shown = finding.related if show_all else finding.related[:_SHOWN]
    if shown:
        rows = Table.grid(padding=(0, 2))
        for item in shown:
            place = ":".join(str(step) for step in (item.file, item.line) if step is not None)
            key = " ".join(visible(value, 40) for value in item.key.values())
            rows.add_row(Text(key), Text(visible(item.says, 200)), Text(visible(place), "dim"))
        yield _indented(rows, 6)
    if len(finding.related) > len(shown):
        yield _indented(Text(f"… and {len(finding.related) - len(shown):,} more rows; --all lists them", "dim"), 6)


def _place(finding: Finding) -> Text:
    steps = [str(step) for step in (finding.file, finding.line, finding.column) if step is not None]
    place = visible(":".join(steps) or finding.table or "the package")
    key = " ".join(visible(value, 40) for value in finding.key.values())
    value = visible(finding.value or "", 60)
    cell = f"{visible(finding.field)} = {value}" if finding.field and finding.value is not None else value
    cell = cell or visible(finding.field or "")
    return Text.assemble((place, "bold"), f"  {key}  {cell}".rstrip(), (_marks(finding), "dim"))


def _marks(finding: Finding) -> str:
    """What a waiver needs, where there can be one; and whether the finding is known."""
    fingerprint = f"  fingerprint {finding.fingerprint}" if finding.check in WAIVABLE else ""
    return f"{fingerprint}{'  known' if finding.known else ''}"


def _verdict(report: Report, fail_on: Severity) -> Text:
    counts = [plural(count, severity) for severity, count in report.counts.items() if count]
    not_run = len({(layer.name, item.check) for layer in report.layers for item in layer.not_run})
    if report.refused:
        return Text("Refused: unsafe, or over a limit.", "bold red")
    if report.exit_code(fail_on) == 0:
        nothing = "Nothing new was found." if report.known else "Nothing was found."
        return Text.assemble(("Passed.", "bold green"), f" {', '.join(counts)}." if counts else f" {nothing}")
    parts = [*counts, *([f"{plural(not_run, 'check')} could not run"] if not_run else [])]
    return Text.assemble(("Failed.", "bold red"), f" {', '.join(parts)}.")


def _indented(text: Text | Table, columns: int) -> Padding:
    return Padding(text, (0, 0, 0, columns), expand=False)


def plural(count: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{count:,} {noun}" + ("s" if count != 1 and noun != "info" else "")
