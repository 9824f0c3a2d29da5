"""Does `muster validate` find everything that Frictionless finds, and what does it find beyond?

`compare` runs both on a package. Each error of Frictionless must be found by us
at the same table, row and field (`agreement/errors.toml` says which of our
checks answer to which of its types, and to what place), or must be one that our
report itself says it could not judge (`agreement/not_judged.toml`). What we
report beyond is listed in `agreement/beyond.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from agreement_frictionless import Said, Verdict, ask_frictionless
from muster_validators import Finding, Report, validate
from muster_validators.finding import NotRun

_OF_DESCRIPTORS = {"package-error", "resource-error", "schema-error", "field-error", "dialect-error", "control-error"}
# Not looked for where a part of the same table is refused.
_LATER = ("dialect-error", "control-error", "schema-error", "resource-error", "package-error")
HERE = Path(__file__).parent / "agreement"


@dataclass(frozen=True)
class Comparison:
    """What both said of one package, and how it fits together."""

    frictionless: Verdict
    report: Report
    found: tuple[tuple[Said, Finding], ...]
    not_judged: tuple[tuple[Said, str], ...]  # with the reason, a key of not_judged.toml
    missed: tuple[Said, ...]

    @property
    def codes(self) -> set[str]:
        """The checks that found something; `not-run` if none did, but one could not run."""
        return {finding.check for finding in self.report} or {"not-run" for _ in _not_run(self.report)}

    @property
    def beyond(self) -> list[Finding]:
        """Our findings to which no error of Frictionless answers.

        It opens no file if a descriptor is wrong; where it refuses a part it does not look at the resource and the
        package around it.
        """
        refused = {said.table for said in self.frictionless.said if said.type in _OF_DESCRIPTORS}
        opened_none = bool(refused) and all(said.type in _OF_DESCRIPTORS for said in self.frictionless.said)
        later = {check for type in _LATER for check in table("errors")[type]["ours"]}
        answered = {id(finding) for said in self.frictionless.said for finding in _answers(said, self.report)}
        return [
            finding
            for finding in self.report
            if id(finding) not in answered
            and not ((opened_none or finding.table in refused) and str(finding.file).endswith(".csv"))
            and not (refused and finding.table in {None, *refused} and finding.check in later)
        ]


@cache
def table(name: str) -> Mapping[str, Mapping[str, Any]]:
    """One of the lists beside the corpus."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def compare(folder: Path) -> Comparison:
    """Run both on the package in `folder`."""
    verdict = ask_frictionless(folder)
    report = validate(folder, ("structure",))
    found, not_judged, missed = [], [], []
    for said in verdict.said:
        answer = next(_answers(said, report), None)
        reason = None if answer else _reason(said, report)
        if answer:
            found.append((said, answer))
        elif reason:
            not_judged.append((said, reason))
        else:
            missed.append(said)
    return Comparison(verdict, report, tuple(found), tuple(not_judged), tuple(missed))


def _answers(said: Said, report: Report) -> Iterator[Finding]:
    entry = table("errors").get(said.type)
    if entry is None:  # a type that is not in the list is a miss
        return
    for finding in report:
        if _is_at(entry["place"], said, finding):
            is_cause = finding.check in entry.get("causes", ()) and _is_cause(said, finding)
            if finding.check in entry["ours"] or is_cause:
                yield finding


def _is_at(place: str, said: Said, finding: Finding) -> bool:
    if place == "package":
        return said.table is None or finding.table in {said.table, None}
    if finding.table != said.table:
        return False
    if place == "table":
        return True
    if place == "part":
        return finding.check != said.type or said.note.casefold() in finding.message.casefold()
    if place == "first-line":
        return finding.line == 1
    if place == "header":
        return finding.line == 1 and (not said.fields or bool(_names(finding) & set(said.fields)))
    if not _same_row(said, finding):
        return False
    return place == "row" or finding.field is None or finding.field in said.fields


def _same_row(said: Said, finding: Finding) -> bool:
    """A cell may begin on a later line than its row, if a cell before it holds a newline."""
    if not said.lines:
        return finding.row == said.row
    return finding.line is not None and said.lines[0] <= finding.line <= said.lines[1]


def _is_cause(said: Said, finding: Finding) -> bool:
    """A row that is not whole is the cause of all that is said of its cells: nobody knows whose column they are in."""
    return not said.fields or finding.field is None or finding.field in said.fields


def _names(finding: Finding) -> set[str]:
    listed = f"{finding.value or ''}, {finding.expected or ''}".split(", ")
    return {*listed, *(name.strip() for name in listed)} - {""}


def _reason(said: Said, report: Report) -> str | None:
    """Why our report says that it could not judge this; only if it also says what is wrong instead."""
    found = {finding.check for finding in report if finding.severity == "error"}
    for item in _not_run(report):
        for name, entry in table("not_judged").items():
            if (
                item.table in {said.table, None}
                and entry["says"] in item.reason
                and found.intersection(entry["because"])
                and said.type in entry.get("checks", [said.type])
            ):
                return name
    return None


def _not_run(report: Report) -> list[NotRun]:
    return [item for layer in report.layers for item in layer.not_run]
