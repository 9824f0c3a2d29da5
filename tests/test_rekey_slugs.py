"""Sources have ids that can be read; two branches may give the same one to two documents."""

from __future__ import annotations

from pathlib import Path

from branches import ARRIVAL, Work, added, as_in, is_sound, new, rows, settings, two_branches
from running import muster


def source(title: str, personnel: str) -> Work:
    """A document of the Gazette of one day, and an arrival that it tells of."""

    def work(package: Path) -> None:
        cells = {"type": "news", "publisher": "Gazette", "title": title, "published": "2025-03-01"}
        id = new(package, "sources", *settings(cells, {"language": "en", "read_extent": "whole"}))
        said = settings(ARRIVAL, {"personnel": personnel, "date": "2025-02-20"})
        new(package, "deployments", *said, "--source", id, "--locator", f"par. {personnel}")

    return work


def test_two_documents_that_got_one_slug_are_told_apart_by_their_titles(tmp_path: Path) -> None:
    package = two_branches(tmp_path / "p", source("Police came", "40"), source("Doctors came", "7"))
    main = as_in(package, "main", tmp_path / "main")

    told = muster("new", "deployments", package, "--rekey", "D-0010", "--since", "main").stderr
    assert "muster new sources --rekey gazette-2025-03-01" in told
    assert new(package, "sources", "--rekey", "gazette-2025-03-01", "--since", "main") == "gazette-2025-03-01-doctors"

    assert is_sound(package)
    assert [line[:26] for line in added(package, "sources", main)] == ["gazette-2025-03-01-doctors"]
    assert {line.split(",")[5] for line in added(package, "evidence", main)} == {"gazette-2025-03-01-doctors"}
    assert set(rows(main, "evidence")) < set(rows(package, "evidence"))
