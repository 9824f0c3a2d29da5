"""The required version, with every reason, for people and as JSON (`musterroll/version/1`)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from rich.table import Table
from rich.text import Text

from muster_cli.render.console import printed
from muster_cli.render.visible import visible
from musterroll.changes.version import Required

_STYLE = {"none": "dim", "patch": "green", "minor": "yellow", "major": "bold red"}


def render_text(required: Required, *, colour: bool = False) -> str:
    """The answer first, then the reasons, the weightiest first."""
    return printed(_parts(required), colour=colour)


def render_json(required: Required) -> str:
    """The same as one JSON document."""
    document = {
        "format": "musterroll/version/1",
        "old": required.old,
        "declared": required.declared,
        "required_bump": required.bump,
        "least": required.least,
        "answer": required.answer,
        "sufficient": required.is_enough,
        "stated_reason": required.stated,
        "reasons": [asdict(reason) for reason in required.reasons],
    }
    return json.dumps(document, indent=2) + "\n"


def _parts(required: Required) -> Iterator[Text | Table]:
    yield _answer(required)
    if required.reasons:
        yield Text()
        table = Table(box=None, pad_edge=False, show_header=True)
        for heading, justify in (
            ("requires", "left"),
            ("times", "right"),
            ("because", "left"),
            ("for example", "left"),
        ):
            table.add_column(heading, justify="right" if justify == "right" else "left")
        for reason in required.reasons:
            cells = Text(reason.bump, _STYLE[reason.bump]), Text(f"{reason.times:,}"), Text(reason.why)
            table.add_row(*cells, Text(visible(reason.example)))
        yield table


def _answer(required: Required) -> Text:
    declared, least = visible(required.declared or "no version"), required.least
    bad, good = "bold red", "bold green"
    match required.answer:
        case "sufficient" if required.bump == "none":
            return Text.assemble((declared, good), ": nothing changed that asks for a new version.")
        case "sufficient":
            return Text.assemble(
                (declared, good), f" is the right version: a {required.bump} step from {required.old}."
            )
        case "too_large" if required.stated:
            return Text.assemble((declared, good), f" is more than the required {least}; {visible(required.stated)}")
        case "too_large":
            asked = "if the larger step is meant, say why in the property versionReason of datapackage.json."
            return Text.assemble((declared, bad), f" is more than the required {least}; {asked}")
        case "too_small":
            return Text.assemble((declared, bad), f" is too small: at least {least} is required after {required.old}.")
        case "unchanged":
            return Text.assemble((declared, bad), f" is the version of the old release; {least} is required.")
        case "backwards":
            return Text.assemble((declared, bad), f" is before {required.old}, the version of the old release.")
    wrong = required.declared if required.least else required.old
    which = "new" if required.least else "old"
    said = "is no semantic version (https://semver.org), so no other can be computed from it."
    return Text.assemble((visible(wrong or "no version"), bad), f" of the {which} release {said}")
