"""The changelog of a release says what changed in the words of its subject, honestly and in the same order always."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace as with_other
from pathlib import Path

import pytest

from changelog_of import changelog
from edits import append, describe
from golden import build_base
from golden_changelogs import CASES, GOLDEN, rendered
from musterroll.changes.compatibility import rules
from musterroll.changes.diff import compared
from musterroll.changes.version import Answer, required_version
from musterroll.errors import Unusable
from musterroll.package.folder import Folder
from musterroll.release.changelog import Notes, render_changelog
from musterroll.release.changelog.document import SECTIONS
from musterroll.release.changelog.structure import TO_DO
from musterroll.release.content import read_content
from running import replace

TITLES = ["Briefly", "Headline impact", "Current picture", "History", "Schema", "Tooling", "Known problems"]


def pair(folder: Path, base: str = "mission") -> tuple[Path, Path]:
    old, new = build_base(base, folder / "old"), build_base(base, folder / "new")
    describe(new, version="1.1.0")
    return old, new


def section(text: str, title: str) -> str:
    """One section, without its heading."""
    return text.split(f"\n## {title}\n")[1].split("\n## ")[0].strip()


@pytest.mark.parametrize("case", CASES)
def test_a_release_has_the_changelog_that_is_laid_down(case: str, tmp_path: Path, accept: bool) -> None:
    text, place = rendered(case, tmp_path), GOLDEN / case / "CHANGELOG.md"
    if accept:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    assert text == place.read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == TITLES == [title for title, _ in SECTIONS]
    assert all(section(text, title) for title in TITLES)


def test_every_changelog_that_is_laid_down_belongs_to_a_case() -> None:
    assert {place.name for place in GOLDEN.iterdir()} == set(CASES)


def test_no_changelog_is_longer_than_a_few_pages_however_much_has_changed() -> None:
    lengths = [len((GOLDEN / case / "CHANGELOG.md").read_text().splitlines()) for case in CASES]

    assert max(lengths) <= 150


@pytest.mark.slow
def test_the_order_in_which_sets_are_kept_does_not_show(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "sys.path.insert(0, sys.argv[1]); from golden_changelogs import rendered\n"
        "print(rendered('arrival', Path(sys.argv[2])) + rendered('corrections', Path(sys.argv[2]) / 'more'))"
    )
    (tmp_path / "script.py").write_text(script)
    texts = set()
    for seed in ("1", "2"):
        command = [sys.executable, str(tmp_path / "script.py"), str(GOLDEN.parent), str(tmp_path / seed)]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": f"UTC{seed}"}
        texts.add(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)

    assert len(texts) == 1


# What readers must do


def test_every_change_of_a_schema_or_description_says_what_readers_must_do() -> None:
    told = {rule for rule in rules() if not rule.startswith("row_") and rule != "headline_moved"}

    assert set(TO_DO) == told | {"table_renamed.suggested", "field_renamed.suggested"}


# Totals that cannot be compared


def _of_another_profile(package: Path) -> None:
    describe(package, conformsTo=None)


def _without_horizon(package: Path) -> None:
    describe(package, horizon=None)


def _later(package: Path) -> None:
    describe(package, horizon="2026-02-28")


def _nothing(_: Path) -> None:
    pass


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (_of_another_profile, _nothing, "1.0.0 holds no record of a mission with which this one could be compared."),
        (_without_horizon, _nothing, "1.0.0 does not say up to which day it is complete, so no totals are compared."),
        (_nothing, _without_horizon, "1.1.0 does not say up to which day it is complete, so no totals are compared."),
    ],
)
def test_totals_that_cannot_be_compared_are_not(
    before: Callable[[Path], None], after: Callable[[Path], None], expected: str, tmp_path: Path
) -> None:
    old, new = pair(tmp_path)
    before(old)
    after(new)
    append(new, "events", "E-0003,other,2025-01-01,,,Something.")

    text = changelog(old, new, tmp_path / "stage")

    assert section(text, "Headline impact") == expected
    assert section(text, "Briefly").startswith("Compared with 1.0.0, 1 row is new, in 1 table.\n")


def test_a_record_without_a_last_day_gives_no_totals(tmp_path: Path) -> None:
    package = build_base("mission", tmp_path / "package")
    describe(package, horizon=None, release=None)

    text = changelog(None, package, tmp_path / "stage")

    assert section(text, "Current picture").startswith("The record does not say up to which day it is complete")
    assert section(text, "Briefly") == "The first release: 110 rows in 15 tables."
    assert section(text, "Known problems") == "Nothing."


def test_a_release_that_ends_earlier_says_that_it_does_not_cover_the_old_day(tmp_path: Path) -> None:
    old, new = pair(tmp_path)
    _later(old)

    assert "1.1.0 does not claim to be complete on 28 February 2026." in changelog(old, new, tmp_path / "stage")


def test_what_is_corrected_of_the_old_day_is_told_apart_from_what_happened_since(tmp_path: Path) -> None:
    old, new = pair(tmp_path)
    _later(new)
    replace(
        new, "data/deployments.csv", "D-0003,MSS,JAM,arrival,mixed,24,24,24", "D-0003,MSS,JAM,arrival,mixed,30,30,30"
    )
    append(new, "deployments", "D-0010,GSF,JAM,arrival,mixed,70,70,70,exact,2026-01-02,2026-01-02,in_haiti,,")

    impact = section(changelog(old, new, tmp_path / "stage"), "Headline impact")

    assert "| People present in Haiti | 407 → 413 | 407 → 483 |" in impact
    assert (
        "- Jamaica: no standing pledge of people; present 24 → 100; on 31 December 2025 itself present 24 → 30."
        in impact
    )


def test_people_at_sea_are_deployed_and_not_present(tmp_path: Path) -> None:
    old, new = pair(tmp_path)
    append(new, "deployments", "D-0010,GSF,BHS,arrival,military,60,60,60,exact,2025-12-02,2025-12-02,offshore,,")

    text = changelog(old, new, tmp_path / "stage")

    assert "- Bahamas: no standing pledge of people; deployed 0 → 60." in text
    assert "- **Bahamas**: 60 members of the military arrived on ships off Haiti on 2 December 2025 (D-0010)." in text


def test_the_whole_mission_is_a_known_problem_only_if_no_country_explains_it(tmp_path: Path) -> None:
    package = build_base("mission", tmp_path / "package")
    append(package, "deployments", "D-0010,MSS,JAM,arrival,military,400,400,400,exact,2025-01-02,,in_haiti,,")

    problems = section(changelog(None, package, tmp_path / "stage"), "Known problems")

    assert "Jamaica: nobody can tell whether more people are deployed than were pledged" in problems
    assert "The whole mission" not in problems


# The step from the release before


STEPS: dict[Answer, str] = {
    "sufficient": "",
    "too_small": " 1.1.0 is too small a step: it must be 1.0.1 at least.",
    "too_large": " 1.1.0 is a larger step, and the descriptor does not say why.",
    "unchanged": " Yet it carries the same version.",
    "backwards": " Yet 1.1.0 is an earlier version.",
    "not_semver": " The two versions cannot be compared.",
}


def test_whether_the_version_suffices_is_said(tmp_path: Path) -> None:
    old, new = pair(tmp_path)
    replace(new, "data/deployments.csv", "The ship went home.", "The ship sailed home.")
    content, told = read_content(new), {}
    with compared(Folder(old), Folder(new)) as diff:
        required = required_version(diff)
        for answer in STEPS:
            text = render_changelog(content, diff, with_other(required, answer=answer), Notes())
            told[answer] = section(text, "Briefly").split("\n\n")[1]

    step = "The changes since 1.0.0 require a patch, because a value was corrected."
    assert told == {answer: step + expected for answer, expected in STEPS.items()}


def test_without_a_required_step_none_is_told(tmp_path: Path) -> None:
    old, new = pair(tmp_path)
    with compared(Folder(old), Folder(new)) as diff:
        text = render_changelog(read_content(new), diff, None, Notes())

    assert section(text, "Briefly") == "Compared with 1.0.0, no row changed."


def test_a_record_that_is_none_is_refused(tmp_path: Path) -> None:
    package = build_base("plain", tmp_path / "package")
    describe(package, conformsTo="mission-record/0.1.0")

    with pytest.raises(Unusable, match="has no table"):
        render_changelog(read_content(package), None, None, Notes())
