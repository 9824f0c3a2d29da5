"""SARIF that code scanning takes: every report follows the schema, the worst comes first, what is cut is counted."""

from __future__ import annotations

import gzip
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft4Validator, FormatChecker

from golden import build_base
from hostile_reports import report_of, reports
from muster_cli.render.sarif import render_sarif
from muster_validators import CATALOGUES, Finding, Report, validate
from muster_validators.finding import NotRun, Related
from muster_validators.report import Layer, Release, Since
from musterroll import __version__
from musterroll.package.folder import Folder
from published import schema
from running import replace

OURS = schema("sarif-1")
# The standard's own schema is not ours to publish: name a copy of it, and every document is held to it as well.
STANDARD = os.environ.get("SARIF_SCHEMA")
ELSEWHERE = Folder(Path("/nowhere/plain"))
FINDING = Finding(
    check="category",
    layer="structure",
    severity="error",
    message="sour is no {colour}.",
    remedy="Mend it.",
    table="people",
    key={"id": "1", "day": "2024-01-01"},
    field="a/b",
    file="data/people.csv",
    line=3,
    column=5,
    value="sour",
    expected="sweet",
)


def sarif(report: Report, folder: Folder = ELSEWHERE, **limits: int) -> dict[str, Any]:
    """The only run of the document, which follows the published schema."""
    document = json.loads(render_sarif(report, folder, **limits))
    OURS.validate(document)
    if STANDARD:
        Draft4Validator(json.loads(Path(STANDARD).read_text()), format_checker=FormatChecker()).validate(document)
    run: dict[str, Any] = document["runs"][0]
    return run


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=30, deadline=None)
@given(reports())
def test_every_report_follows_the_schema_and_no_text_in_it_is_more_than_text(report: Report) -> None:
    run = sarif(report)

    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    assert len(run["results"]) == len(report)
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    for text in _texts([run["results"], run["invocations"], run["properties"]]):
        assert not re.search(r"[\x00-\x1f\x7f\u202e\ud800-\udfff]", text)
    for text in _messages(run):
        assert "](" not in text
        assert not re.search(r"[{}]", text.replace("{{", "").replace("}}", ""))
    assert run["invocations"][0]["executionSuccessful"] == (
        not report.refused and not any(layer.not_run for layer in report.layers)
    )


def test_a_finding_says_which_rule_where_and_what() -> None:
    run = sarif(report_of(FINDING))

    (result,) = run["results"]
    assert result == {
        "ruleId": "category",
        "ruleIndex": [rule["id"] for rule in run["tool"]["driver"]["rules"]].index("category"),
        "level": "error",
        "message": {"text": "sour is no {{colour}}."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "data/people.csv", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 3, "startColumn": 5},
                },
                "logicalLocations": [
                    {"name": "people", "fullyQualifiedName": "people", "kind": "table"},
                    {"name": "1,2024-01-01", "fullyQualifiedName": "people/1,2024-01-01", "kind": "row"},
                    {"name": "a/b", "fullyQualifiedName": "people/1,2024-01-01/a~1b", "kind": "field"},
                ],
            }
        ],
        "partialFingerprints": {
            "musterroll/v1": FINDING.fingerprint,
            "primaryLocationLineHash": f"{FINDING.fingerprint}:1",
        },
        "properties": {
            "layer": "structure",
            "table": "people",
            "field": "a/b",
            "value": "sour",
            "expected": "sweet",
            "key": {"id": "1", "day": "2024-01-01"},
            "remedy": "Mend it.",
        },
    }
    assert run["tool"]["driver"]["version"] == __version__
    assert run["automationDetails"] == {"id": "plain/validate/"}


def test_a_rule_carries_the_texts_of_its_check() -> None:
    info = CATALOGUES["structure"]["category"]

    (rule,) = [rule for rule in sarif(report_of())["tool"]["driver"]["rules"] if rule["id"] == "category"]

    assert rule["shortDescription"]["text"] == info.holds
    assert rule["help"]["markdown"].endswith(f"- Mend: {info.remedy}")
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["properties"] == {"tags": ["data", "structure"], "layer": "structure", "problem.severity": "error"}


def test_no_text_of_the_catalogue_is_longer_than_code_scanning_keeps() -> None:
    layers = tuple(Layer(name, len(catalogue)) for name, catalogue in CATALOGUES.items())
    for rule in sarif(Report("all", None, layers))["tool"]["driver"]["rules"]:
        assert len(rule["id"]) <= 255
        assert max(len(rule[name]["text"]) for name in ("shortDescription", "fullDescription")) <= 1024


@pytest.mark.parametrize(("package", "uri"), [
    ("sub/pack age", "sub/pack%20age/data/%C3%A9%23%25.csv"),
    ("../beside", "data/%C3%A9%23%25.csv"),
])  # fmt: skip
def test_a_file_is_relative_to_the_checkout_if_it_lies_in_it(
    package: str, uri: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "checkout").mkdir()
    monkeypatch.chdir(tmp_path / "checkout")
    finding = Finding(
        check="category", layer="structure", severity="error", message="x", remedy="y", file="data/é#%.csv"
    )

    (result,) = sarif(report_of(finding), Folder(Path(package)))["results"]

    assert result["locations"][0]["physicalLocation"] == {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}}


def test_what_is_in_no_file_is_at_the_descriptor_and_an_archive_has_places_of_its_own() -> None:
    finding = Finding(check="category", layer="structure", severity="error", message="x", remedy="y")

    (result,) = sarif(report_of(finding), Folder(Path(), source="https://example.org/p.zip"))["results"]

    assert result["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "datapackage.json", "uriBaseId": "%SRCROOT%"}}}
    ]


def test_rows_to_be_read_beside_it_are_named_and_beyond_a_hundred_counted() -> None:
    related = tuple(
        Related(table="people", key={"id": str(n)}, says=f"{n} more", file="data/people.csv", line=n)
        for n in range(1, 104)
    )
    finding = Finding(check="category", layer="structure", severity="error", message="x", remedy="y", related=related)

    (result,) = sarif(report_of(finding))["results"]

    first, *_, last = result["relatedLocations"]
    assert first["id"] == 1
    assert first["message"] == {"text": "1 more"}
    assert first["physicalLocation"]["region"] == {"startLine": 1}
    assert len(result["relatedLocations"]) == 101
    assert last == {"message": {"text": "… and 3 more rows"}}


def test_a_check_that_did_not_run_is_an_execution_that_failed() -> None:
    layer = Layer("structure", 3, not_run=(NotRun("category", "the judge is missing", "people"),))

    run = sarif(Report("plain", None, (layer,)))

    assert run["results"] == []
    assert run["properties"]["valid"] is False
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert (note["descriptor"], note["level"]) == ({"id": "not-run"}, "error")
    assert note["message"] == {"text": "category on people: the judge is missing"}
    assert run["tool"]["driver"]["rules"][note["associatedRule"]["index"]]["id"] == "category"


def test_a_refusal_and_a_narrowed_report_are_told() -> None:
    notes = sarif(report_of(refused=True, since=Since("plain", None, 1200)))["invocations"][0]

    assert [note["descriptor"]["id"] for note in notes["toolExecutionNotifications"]] == ["refused", "narrowed"]
    assert "1,200 findings" in notes["toolExecutionNotifications"][1]["message"]["text"]
    assert notes["executionSuccessful"] is False


def test_states_and_suppressions_stand_in_all_results_or_in_none() -> None:
    plain, known, waived = (
        Finding(check="category", layer="structure", severity="info", message="x", remedy="y", **more)
        for more in ({}, {"known": True}, {"waiver": "W-0001"})
    )
    alone = sarif(report_of(plain))["results"]
    compared = sarif(report_of(plain, known, new_since=Release("plain", "0.9.0")))["results"]
    accepted = sarif(report_of(plain, waived))["results"]

    assert not {"baselineState", "suppressions"} & set(alone[0])
    assert [result["baselineState"] for result in compared] == ["new", "unchanged"]
    assert [result["suppressions"] for result in accepted] == [
        [],
        [{"kind": "external", "status": "accepted", "justification": "waiver W-0001"}],
    ]
    assert alone[0]["partialFingerprints"]["primaryLocationLineHash"].endswith(":1")
    assert compared[1]["partialFingerprints"]["primaryLocationLineHash"].endswith(":2")


def test_of_too_many_the_worst_are_kept_and_the_rest_is_counted() -> None:
    findings = [
        Finding(check="category", layer="structure", severity=severity, message=f"{number}", remedy="y", line=number)
        for number in range(1, 41)
        for severity in ("warning", "error")
    ]
    whole = len(gzip.compress(render_sarif(report_of(*findings), ELSEWHERE).encode()))

    by_number, by_weight = sarif(report_of(*findings), most=50), sarif(report_of(*findings), heaviest=whole - 500)

    assert [result["level"] for result in by_number["results"]] == ["error"] * 40 + ["warning"] * 10
    assert by_number["invocations"][0]["executionSuccessful"] is True
    (note,) = by_number["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"] == "30 more findings are not in this file; as JSON they are."
    assert 0 < len(by_weight["results"]) <= 40
    assert {result["level"] for result in by_weight["results"]} == {"error"}
    assert sarif(report_of(*findings), heaviest=100)["results"] == []


def test_a_package_gives_the_same_bytes_wherever_it_lies(tmp_path: Path) -> None:
    texts = []
    for name in ("one", "two"):
        package = build_base("plain", tmp_path / name / "plain")
        replace(package, "data/people.csv", "1,", "one,")
        texts.append(render_sarif(validate(package, ("structure",)), Folder(package)))

    assert texts[0] == texts[1]
    assert str(tmp_path) not in texts[0]
    assert texts[0].isascii()


def _texts(value: Any) -> list[str]:
    """Every text in it, names too."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, item in value.items() for text in (key, *_texts(item))]
    return [text for item in value for text in _texts(item)] if isinstance(value, list) else []


def _messages(value: Any) -> list[str]:
    """Every text that a viewer reads as a message."""
    if isinstance(value, dict):
        own = [value["text"]] if set(value) == {"text"} else []
        return own + [text for item in value.values() for text in _messages(item)]
    return [text for item in value for text in _messages(item)] if isinstance(value, list) else []
