"""Every erratum of a release tells of a change that it makes; a package without errata is not asked for any."""

from __future__ import annotations

from pathlib import Path

import pytest

from errata import A_DAY_EARLIER, diff_of, edit, erratum, nothing, unexplained
from golden import build_base
from musterroll.changes.corrections import has_errata, unexplained_corrections, unfounded_errata
from musterroll.changes.diff import compared
from musterroll.package.folder import Folder
from running import replace


def test_errata_that_tell_of_no_change_are_unfounded(tmp_path: Path) -> None:
    claims = [
        erratum("events E-0001", "date", id="2"),
        erratum("events E-0002", "kind", id="3"),
        erratum("events E-0002", "date_earliest", "2024-10-03", "2024-10-01", id="4"),
        erratum("deployments D-0009", id="5"),
        erratum("events E-0002", "date", id="6"),
        erratum("events E-0001", "date", fixed="1.0.1", id="7"),
        erratum("events E-0001", "date", fixed="1.1.0-rc.1", id="8"),
    ]

    with diff_of(tmp_path, edit(*A_DAY_EARLIER), "".join(claims)) as diff:
        assert [item.id for item in unfounded_errata(diff)] == ["X-0002", "X-0003", "X-0004", "X-0005"]


def test_an_erratum_of_a_row_that_came_or_went_is_founded_if_it_names_no_column(tmp_path: Path) -> None:
    def turn(package: Path) -> None:
        replace(package, "data/strengths.csv", "S-0003,", "S-0009,")

    claims = [
        erratum("strengths S-0003", id="2"),
        erratum("strengths S-0009", id="3"),
        erratum("strengths S-0009", "personnel", id="4"),
    ]

    with diff_of(tmp_path, turn, "".join(claims)) as diff:
        assert [item.id for item in unfounded_errata(diff)] == ["X-0004"]


def test_an_erratum_about_words_or_a_source_is_founded_too(tmp_path: Path) -> None:
    def reword(package: Path) -> None:
        replace(package, "data/deployments.csv", "The ship went home.", "The ship sailed home.")
        replace(package, "data/sources.csv", "2023-10-05,2023-10-05,en", "2023-10-04,2023-10-05,en")

    claims = erratum("deployments D-0009", "note", id="2") + erratum("sources gazette-2023-10-05", id="3")

    with diff_of(tmp_path, reword, claims) as diff:
        assert list(unfounded_errata(diff)) == []


def test_errata_that_the_old_release_had_are_not_asked_again(tmp_path: Path) -> None:
    with diff_of(tmp_path, nothing, before=erratum("events E-0002", "date")) as diff:
        assert list(unfounded_errata(diff)) == []


def test_versions_that_are_none_are_compared_as_texts(tmp_path: Path) -> None:
    answer = erratum("events E-0002", "date", fixed="spring")

    with diff_of(tmp_path, edit(*A_DAY_EARLIER), answer, version="spring") as diff:
        assert unexplained(diff) == []
        assert list(unfounded_errata(diff)) == []


@pytest.mark.parametrize("base", ["ferries", "plain"])
def test_without_a_table_errata_nothing_is_asked_and_the_caller_is_told(base: str, tmp_path: Path) -> None:
    old, new = build_base(base, tmp_path / "old"), build_base(base, tmp_path / "new")

    with compared(Folder(old), Folder(new)) as diff:
        assert not has_errata(diff)
        assert list(unexplained_corrections(diff)) == []
        assert list(unfounded_errata(diff)) == []


def test_a_foreign_table_called_errata_is_not_read(tmp_path: Path) -> None:
    def rename(package: Path) -> None:
        replace(package, "data/errata.csv", "versions_affected,fixed_in", "versions_affected,mended_in")
        schema = (package / "schemas/errata.json").read_text()
        (package / "schemas/errata.json").write_text(schema.replace('"fixed_in"', '"mended_in"'))

    with diff_of(tmp_path, rename) as diff:
        assert not has_errata(diff)


def test_a_record_that_did_not_change_has_nothing_to_explain(tmp_path: Path) -> None:
    with diff_of(tmp_path, nothing) as diff:
        assert has_errata(diff)
        assert unexplained(diff) == []
        assert list(unfounded_errata(diff)) == []
