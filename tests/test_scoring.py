"""What counts as caught, as refused and as named, and when a score has fallen."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from muster_cli.render.mutation import render_markdown, render_text
from muster_cli.render.mutation_json import render_json
from muster_validators.finding import Finding, NotRun, Related
from muster_validators.report import Layer, Release, Report
from muster_validators.scoring.new_findings import standing, verdict
from muster_validators.scoring.score import fallen, score
from muster_validators.scoring.trial import Trial, Trials, Verdict
from musterroll.faults.fault import Place

_PLACE = Place(file="data/a.csv", table="a", key={"id": "1"}, line=2, column=3, field="x")
_FINDING = Finding(
    check="one", layer="facts", severity="error", message="m", remedy="r", table="a", key={"id": "1"}, field="x"
)
_CAUGHT = Verdict("error", ("one",), 1, True, True, True)


def report(*findings: Finding, not_run: tuple[NotRun, ...] = ()) -> Report:
    return Report("p", "1.0.0", (Layer("facts", 3, findings, not_run),))


def judged(*findings: Finding, sound: Report | None = None, not_run: tuple[NotRun, ...] = ()) -> Verdict:
    return verdict(
        report(*findings, not_run=not_run), standing(report() if sound is None else sound), [_PLACE], ["facts"]
    )


def trial(kind: str = "tenfold", validate: Verdict = _CAUGHT, gate: Verdict | None = None, number: int = 1) -> Trial:
    layers = {"structure": Verdict(), "facts": validate, "plausibility": Verdict()}
    return Trial(kind, number, "1 → 10", _PLACE, layers, validate, gate)


def trials(*found: Trial, inapplicable: tuple[str, ...] = ()) -> Trials:
    return Trials(Release("p", "1.0.0"), None, 0, 1, found, inapplicable)


def document(found: Trials) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(render_json(found))
    return value


def test_a_new_finding_catches_and_names() -> None:
    assert judged(_FINDING) == Verdict("error", ("one",), 1, True, True, True)


def test_what_is_said_of_the_sound_package_catches_nothing() -> None:
    assert not judged(_FINDING, sound=report(_FINDING)).is_caught


def test_the_same_finding_twice_is_one_more_than_once() -> None:
    assert judged(_FINDING, _FINDING, sound=report(_FINDING)).findings == 1


def test_a_finding_that_has_become_graver_is_new() -> None:
    assert judged(_FINDING, sound=report(replace(_FINDING, severity="warning"))).severity == "error"


def test_information_catches_nothing() -> None:
    assert not judged(replace(_FINDING, severity="info")).is_caught


def test_a_check_that_cannot_run_any_more_keeps_it_from_passing_and_names_nothing() -> None:
    found = judged(not_run=(NotRun("two", "why"),))

    assert found.severity == "not_run"
    assert found.is_caught
    assert not found.is_named


def test_a_check_that_did_not_run_before_either_says_nothing() -> None:
    silent = (NotRun("two", "why"),)

    assert not judged(sound=report(not_run=silent), not_run=silent).is_caught


@pytest.mark.parametrize(
    ("finding", "named"),
    [
        (replace(_FINDING, key={"id": "2"}, field="y"), (True, False, False)),
        (replace(_FINDING, field="y"), (True, True, False)),
        (replace(_FINDING, key={}, line=2), (True, True, True)),
        (replace(_FINDING, table="b"), (False, False, False)),
        (
            replace(_FINDING, table="b", related=(Related(table="a", key={"id": "1"}, says="s", line=2, column=3),)),
            (True, True, True),
        ),
        (
            replace(_FINDING, table="b", related=(Related(table="a", key={"id": "1"}, says="s", line=2, column=9),)),
            (True, True, False),
        ),
    ],
)
def test_a_place_is_named_by_one_finding_or_by_a_row_beside_it(finding: Finding, named: tuple[bool, ...]) -> None:
    found = judged(finding)

    assert (found.table, found.row, found.field) == named


def test_two_findings_that_name_half_of_a_place_each_do_not_name_it() -> None:
    found = judged(replace(_FINDING, field="y"), replace(_FINDING, key={"id": "2"}))

    assert not found.is_named


def test_a_fault_of_a_file_is_named_by_the_file() -> None:
    place = Place(file="datapackage.json")
    found = verdict(report(replace(_FINDING, file="datapackage.json")), standing(report()), [place], ["facts"])

    assert found.is_named


def test_a_kind_counts_only_if_each_of_its_trials_does() -> None:
    both = trials(trial(), trial(number=2, validate=Verdict(), gate=_CAUGHT))

    result = score(both)
    assert (result.alone.count, result.alone.of) == (0, 1)
    assert (result.gate.count, result.gate.of) == (1, 1)
    assert (result.named.count, result.named.of) == (1, 1)


def test_what_only_the_release_before_betrays_is_not_held_against_validate() -> None:
    assert score(trials(trial("arrival-deleted", Verdict(), _CAUGHT))).alone.of == 0
    assert score(trials()).alone.percent == 100


def test_a_score_that_is_as_good_has_not_fallen() -> None:
    assert not list(fallen(document(trials(trial())), trials(trial())))


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (trials(trial(validate=Verdict(), gate=_CAUGHT)), ["no longer caught by validate"]),
        (
            trials(trial(validate=Verdict(), gate=Verdict())),
            ["no longer caught by validate", "no longer caught by gate", "its place is no longer named"],
        ),
        (trials(trial(validate=replace(_CAUGHT, field=False))), ["its place is no longer named"]),
        (trials(trial(validate=replace(_CAUGHT, severity="warning"))), ["no longer an error of gate"]),
        (trials(inapplicable=("tenfold",)), ["finds nothing to change any more"]),
        (trials(), []),
    ],
)
def test_a_score_falls_with_whatever_was_better_before(now: Trials, words: list[str]) -> None:
    assert [line.partition(": ")[2] for line in fallen(document(trials(trial())), now)] == words


def test_people_see_the_weakest_of_several_trials_and_the_shares() -> None:
    both = trials(trial(), trial(number=2, validate=replace(_CAUGHT, severity="warning", field=False)))
    page = render_text(replace(both, inapplicable=("bit-flip",)))

    assert re.search(r"^tenfold +– +! +– ", page, re.MULTILINE)
    assert re.search(r"yes +yes +no$", page, re.MULTILINE)
    assert "caught by validate alone  100.0 %  1 of 1" in page
    assert "nothing to change here    bit-flip" in page


def test_a_page_explains_every_miss() -> None:
    page = render_markdown(
        trials(
            trial("arrival-deleted", Verdict(), _CAUGHT),
            trial("rows-shuffled", Verdict(), _CAUGHT),
            trial("tenfold", Verdict(), Verdict()),
            trial("arrival-as-departure", replace(_CAUGHT, field=False)),
        )
    )

    assert "- `arrival-deleted`: `validate` cannot know: a record without it is a record." in page
    assert "- `rows-shuffled`: missed by `validate`: no value changes" in page
    assert "- `tenfold`: missed by `validate`: not explained yet." in page
    assert "- `tenfold`: missed by `gate`: not explained yet." in page
    assert "- `arrival-as-departure`: its place is not named in full: a sum does not come out" in page
