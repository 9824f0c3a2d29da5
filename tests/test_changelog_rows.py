"""Every kind of row of a record, and every kind of change of a schema, has words of its own in a changelog."""

from __future__ import annotations

from pathlib import Path

import pytest

from changelog_of import changelog
from edits import append, describe
from golden import build_base
from golden_changes import build_sides, some_every_day
from musterroll.changes.diff import compared
from musterroll.errors import Unusable
from musterroll.package.folder import Folder
from musterroll.release.changelog import Notes, render_changelog
from musterroll.release.changelog.structure import TO_DO
from musterroll.release.changelog.subject import Subject
from musterroll.release.changelog.told import KINDS
from musterroll.release.content import Content, read_content
from running import replace
from test_changelog import pair, section

PEOPLE = {"personnel_kind": "police", "personnel_qualifier": "exact"}
TEN = {**PEOPLE, **dict.fromkeys(("personnel_min", "personnel_best", "personnel_max"), "10")}
DAY = {"date_earliest": "2024-06-25", "date_latest": "2024-06-25"}
SAID = {"announced_earliest": "2024-06-25", "announced_latest": "2024-06-25"}
TWO = {"amount_min": "2", "amount_best": "2", "amount_max": "2", "amount_qualifier": "exact"}
PLEDGE = {"commitment_id": "C-0009", "revision": "1", "country_code": "BLZ", **SAID}
LATER = {"commitment_id": "C-0001", "revision": "4", "country_code": "KEN", **SAID}
MOVE = {"deployment_id": "D-0020", "country_code": "BLZ", **TEN, **DAY}
GIFT = {"contribution_id": "M-0009", "country_code": "BLZ", "recipient": "mission", **DAY}

TOLD = [
    (
        "commitments",
        {**PLEDGE, **TEN, "status": "interest"},
        "**Belize** showed interest in sending 10 police officers",
    ),
    ("commitments", {**PLEDGE, **PEOPLE, "status": "interest"}, "**Belize** showed interest in taking part"),
    ("commitments", {**PLEDGE, **TEN, "status": "offered"}, "**Belize** offered 10 police officers"),
    ("commitments", {**PLEDGE, **TEN, "status": "pledged"}, "**Belize** pledged 10 police officers"),
    ("commitments", {**PLEDGE, **TEN, "status": "approved"}, "**Belize** approved 10 police officers"),
    (
        "commitments",
        {**PLEDGE, **TEN, "status": "notified_un"},
        "**Belize** notified the United Nations of 10 police officers",
    ),
    ("commitments", {**PLEDGE, **TEN, "status": "suspended"}, "**Belize** put on hold a pledge of 10 police officers"),
    ("commitments", {**PLEDGE, **TEN, "status": "withdrawn"}, "**Belize** took back a pledge of 10 police officers"),
    ("commitments", {**PLEDGE, **TEN, "status": "declined"}, "**Belize** declined to send 10 police officers"),
    ("commitments", {**PLEDGE, **PEOPLE, "status": "declined"}, "**Belize** declined to take part"),
    ("commitments", {**PLEDGE, **TEN, "status": "lapsed"}, "**Belize** let lapse a pledge of 10 police officers"),
    (
        "commitments",
        {**PLEDGE, **TEN, "status": "fulfilled"},
        "**Belize** carried out in full a pledge of 10 police officers",
    ),
    (
        "commitments",
        {**PLEDGE, **TEN, "status": "pledged", "part_of": "C-0003"},
        "**Belize** pledged 10 police officers, a part of C-0003,",
    ),
    (
        "commitments",
        {**LATER, **TEN, "status": "lapsed", "change_reason": "world_changed"},
        "**Kenya**, C-0001, revision 4: 1,000 → 10 police officers; notified un → lapsed, on 25 June 2024.",
    ),
    (
        "commitments",
        {**LATER, **TEN, "revision": "2", "status": "pledged", "change_reason": "found_later"},
        "**Kenya**, C-0001, revision 2: 1,000 → 10 police officers; still pledged, on 25 June 2024; an older statement,"
        " found later.",
    ),
    (
        "conditions",
        {"condition_id": "K-0009", "commitment_id": "C-0001", "kind": "other", "status": "failed", **DAY},
        "**Kenya**, C-0001 depends on something else, said in the description: failed on 25 June 2024 (K-0009).",
    ),
    (
        "conditions",
        {"condition_id": "K-0009", "commitment_id": "C-0001", "kind": "funding", "status": "met", **DAY},
        "**Kenya**, C-0001 depends on money: met on 25 June 2024 (K-0009).",
    ),
    (
        "conditions",
        {"condition_id": "K-0009", "commitment_id": "C-0001", "kind": "new_code", "status": "open"},
        "**Kenya**, C-0001 depends on new code: still open (K-0009).",
    ),
    ("deployments", {**MOVE, "movement": "arrival", "place": "in_haiti"}, "10 police officers arrived in Haiti on"),
    ("deployments", {**MOVE, "movement": "departure", "place": "offshore"}, "10 police officers left the ships off"),
    (
        "deployments",
        {**MOVE, "movement": "arrival", "place": "training_abroad"},
        "10 police officers arrived in training abroad on",
    ),
    (
        "deployments",
        {**MOVE, "movement": "rotation_in", "place": "in_haiti"},
        "10 police officers arrived in Haiti and relieved as many on",
    ),
    (
        "deployments",
        {**MOVE, "movement": "rotation_out", "place": "in_haiti"},
        "10 police officers left Haiti, relieved by as many on",
    ),
    ("deployments", {**MOVE, "movement": "death", "place": "in_haiti"}, "10 police officers died in Haiti on"),
    ("deployments", {**MOVE, "movement": "all_out", "place": "in_haiti"}, "**Belize**: everybody left Haiti on"),
    (
        "deployments",
        {**MOVE, "movement": "unreported_out", "place": "in_haiti"},
        "10 police officers must have left Haiti, although nobody reported it, on",
    ),
    ("deployments", {**MOVE, "movement": "new_code", "place": "moon"}, "10 police officers moved at moon on"),
    (
        "contributions",
        {**GIFT, **TWO, "kind": "money", "currency": "USD", "status": "pledged"},
        "USD 2 promised to the",
    ),
    ("contributions", {**GIFT, "kind": "money", "status": "frozen"}, "money of an unstated amount, held back from the"),
    ("contributions", {**GIFT, **TWO, "item": "boats", "status": "delivered"}, "2 boats handed over to the mission on"),
    (
        "contributions",
        {**GIFT, "item": "boats", "status": "authorised", "recipient": "mission_and_police"},
        "an unstated number of boats authorised for the mission and the police together on",
    ),
    (
        "contributions",
        {**GIFT, "kind": "logistics", "status": "disbursed", "recipient": "other"},
        "**Belize**: logistics spent on others on",
    ),
    (
        "contributions",
        {**GIFT, **TWO, "country_code": "", "kind": "money", "currency": "USD", "status": "target"},
        "**The fund as a whole**: USD 2 needed by the mission on 25 June 2024 (M-0009).",
    ),
    (
        "strengths",
        {"strength_id": "S-0009", **TEN, "measure": "cumulative", "as_of_earliest": "2024-06-25"},
        "**All countries**: 10 people reported to have come so far on or after 25 June 2024 (S-0009).",
    ),
    (
        "strengths",
        {"strength_id": "S-0009", **PEOPLE, "measure": "planned", "country_code": "KEN"},
        "**Kenya**: an unstated number of people planned or needed on an unknown day (S-0009).",
    ),
    ("strengths", {"strength_id": "S-0009", **TEN, "measure": "pledged"}, "10 people reported as promised"),
    (
        "missions",
        {"mission_id": "NEW", "name": "A third mission", "authorised_from": "2026-01-01"},
        "**NEW**: A third mission, authorised from 2026-01-01.",
    ),
    (
        "missions",
        {"mission_id": "NEW", "name": "A *", "authorised_from": "2026-01-01", "authorised_until": "2026-12-31"},
        "**NEW**: A \\*, authorised from 2026-01-01 until 2026-12-31.",
    ),
    ("events", {"event_id": "E-0009", **DAY, "description": "A vote."}, "On 25 June 2024: A vote (E-0009)."),
]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    return read_content(build_base("mission", tmp_path_factory.mktemp("record") / "package"))


@pytest.mark.parametrize(("table", "row", "expected"), TOLD)
def test_a_new_row_is_told_in_words(table: str, row: dict[str, str], expected: str, content: Content) -> None:
    kind = next(kind for kind in KINDS if kind.table == table)

    assert expected in kind.told(Subject(content, None, None, Notes()), row)


HOLD_NO_RECORD = {"metadata_changed/another_profile", "row_added/one_revision_of_two_columns_key"}  # though they say so


@pytest.mark.parametrize("case", list(some_every_day(25)))
def test_every_kind_of_change_of_a_schema_is_told_with_what_to_do(case: Path, tmp_path: Path) -> None:
    old, new = build_sides(case, tmp_path)
    with compared(Folder(old), Folder(new)) as diff:
        if "/".join(case.parts[-2:]) in HOLD_NO_RECORD:
            with pytest.raises(Unusable):
                render_changelog(read_content(new), diff, None, Notes())
            return
        text = section(render_changelog(read_content(new), diff, None, Notes()), "Schema")
        rules = {f"{each.kind}.suggested" if each.suggested else each.rule for each in diff.changes()}

    expected = {TO_DO[rule] for rule in rules if not rule.startswith("row_")}
    assert {line.split("**")[1] for line in text.splitlines() if "**" in line} == {what for what, _ in expected}
    assert (text == "Nothing.") == (not expected)


def test_a_record_in_which_nothing_has_happened_says_so(tmp_path: Path) -> None:
    package = build_base("mission", tmp_path / "package")
    for place in (package / "data").glob("*.csv"):
        if place.stem not in {"missions", "countries"}:
            place.write_text(place.read_text().splitlines()[0] + "\n")
    describe(package, release=None)

    text = changelog(None, package, tmp_path / "stage")

    assert section(text, "Briefly").endswith("By then no people were pledged, and 0 were present in Haiti.")
    assert section(text, "Current picture").splitlines()[2:5] == [
        "- Pledged: **–** people.",
        "- Deployed: **0**; of these present in Haiti: **0**.",
        "- Paid: nothing on record.",
    ]
    assert section(text, "Known problems") == "Nothing."


def test_a_mission_that_exceeds_what_no_country_exceeds_is_a_known_problem(tmp_path: Path) -> None:
    """At least 10 of Kenya's 1,000 are certain; together with pledges that are floors, only their sum is unknown."""
    old, new = pair(tmp_path)
    replace(
        new,
        "data/commitments.csv",
        "notified_un,police,1000,1000,1000,exact",
        "notified_un,police,10,1000,1000,disputed",
    )

    problems = section(changelog(old, new, tmp_path / "stage"), "Known problems")

    assert (
        "- The whole mission: nobody can tell whether more people are deployed than were pledged: 407, against ≥ 360."
        in problems
    )


def test_a_country_whose_pledges_without_a_number_changed_has_moved(tmp_path: Path) -> None:
    old, new = pair(tmp_path)
    for package in (old, new):
        describe(package, horizon="2025-09-30")
    append(new, "commitments", "C-0009,1,MSS,BHS,pledged,police,,,,unspecified,2024-01-01,2024-01-01,X,true,,new,")

    text = changelog(old, new, tmp_path / "stage")

    assert "- Bahamas: pledge 150 → ≥ 150 and 1 pledge without a number." in text
