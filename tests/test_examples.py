"""Every check has an example: a package that it rejects, what differs from a sound one, and what is then said."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from difference import differing_files
from golden import build_base
from muster_validators import CATALOGUES, validate
from muster_validators.check import CheckInfo
from muster_validators.examples.shipped import example_of, written
from musterroll.package import limits
from worked_examples import FOLDER, INFOS, example_with, marked_case, place_of, shipped_case


def _endless_cell(package: Path) -> str:
    people = package / "data/people.csv"
    people.write_text(people.read_text().replace("Rose", "R" * (limits.CELL_CHARS + 1)))
    return "A quote that is never closed makes such a cell out of the rest of a file."


def _endless_descriptor(package: Path) -> str:
    descriptor = package / "datapackage.json"
    descriptor.write_text(descriptor.read_text() + "\n" * limits.JSON_BYTES)
    return "Line feeds alone make the descriptor as long as this."


def _second_name(package: Path) -> str:
    (package / "data/places.csv").unlink()
    (package / "elsewhere.csv").write_text("code,name,area\nCAP,Cap-Haïtien,53.5\nPAP,Port-au-Prince,36.04\n")
    (package / "data/places.csv").hardlink_to(package / "elsewhere.csv")
    return "data/places.csv is a hard link: one file under two names. What is written under the other changes it."


def _link(package: Path) -> str:
    (package / "data/places.csv").unlink()
    (package / "data/places.csv").symlink_to("/etc/hostname")
    return "data/places.csv is a symbolic link to a file outside of the package."


# What no file tree in git can hold, or should. Each says how it differs where lines cannot.
BUILT: dict[str, Callable[[Path], str]] = {
    "limit-cell": _endless_cell,
    "limit-size": _endless_descriptor,
    "path-hard-link": _second_name,
    "path-symlink": _link,
}


@pytest.mark.parametrize("check", sorted(BUILT))
def test_an_example_that_is_built_is_what_happens(check: str, tmp_path: Path, accept: bool) -> None:
    sound, broken = build_base("plain", tmp_path / "sound"), build_base("plain", tmp_path / "broken")
    note = BUILT[check](broken)
    report = validate(broken, ("structure",))
    files = differing_files(sound, broken) if check == "limit-cell" else ()
    example = written(example_with(INFOS[check], report, files, note))
    if accept:
        place_of(INFOS[check]).write_text(example)

    assert place_of(INFOS[check]).read_text() == example


@pytest.mark.parametrize("check", sorted(INFOS))
def test_every_check_has_an_example_that_a_test_runs(check: str) -> None:
    example = example_of(INFOS[check])

    assert example, f"run pytest tests/test_checks.py --accept -k {check}"
    assert example.finding.check == check
    assert example.files or example.note
    if check in BUILT:
        assert example.case is None
    else:
        assert shipped_case(check), f"{example.case} is no folder of {check}"
        assert marked_case(check) in {None, shipped_case(check)}


def test_no_example_is_left_of_a_check_that_is_gone() -> None:
    assert set(FOLDER.rglob("*.json")) == {place_of(info) for info in INFOS.values()}


def test_an_example_is_read_as_it_was_written() -> None:
    info = CATALOGUES["facts"]["deployed-within-pledged"]
    example = example_of(info)

    assert example
    assert place_of(info).read_text() == written(example)
    assert example.finding.remedy == info.remedy
    assert example.finding.file in {change.file for change in example.files}


def test_a_check_that_has_none_yet_has_none() -> None:
    assert example_of(CheckInfo("new", "facts", "error", "It holds.", "Why.", "Example.", "Remedy.")) is None


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("a\n1\n2\n", "a\n1\n3\n", [" 1 a", "- 3 2", "+ 3 3"]),
        ("a\n1\n", "b\n1\n", ["- 1 a", "+ 1 b"]),
        ("a\n1\n", "a\n1\n2\n", [" 1 a", "+ 3 2"]),
        ("a\n1\n", "", ["- 1 a", "- 2 1"]),
        ("a\n1\n", "a\n1", [" 1 a", "- 2 1", "+ 2 1 (no line feed)"]),
        ("a\n1\n", "a\n1\r\n", [" 1 a", "- 2 1", "+ 2 1\r"]),
        ("a\nä\n".encode(), b"a\n\xe4\n", [" 1 a", "- 2 ä", "+ 2 \\xe4"]),
        ("a\n1\n", f"a\n{'1' * 400}\n", [" 1 a", "- 2 1", f"+ 2 {'1' * 60}… (400 characters)"]),
    ],
)
def test_a_text_is_told_by_the_lines_that_differ(
    old: str | bytes, new: str | bytes, lines: list[str], tmp_path: Path
) -> None:
    assert _told(old, new, "t.csv", tmp_path) == lines


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ({"a": {"b": 1}}, {"a": {"b": 2}}, ["- a.b 1", "+ a.b 2"]),
        ({"a": 1}, {"a": True}, ["- a 1", "+ a true"]),
        ({"a": 1}, {"b": None}, ["- a 1", "+ b null"]),
        ({"a": [1, 2]}, {"a": [1]}, ["- a [1, 2]", "+ a [1]"]),
        ({"a": [{"n": 1}, {"n": 2}]}, {"a": [{"n": 2}]}, ['- a[0] {"n": 1}']),
        ({"a": [{"n": 1}]}, {"a": [{"n": 3}, {"n": 2}]}, ["- a[0].n 1", "+ a[0].n 3", '+ a[1] {"n": 2}']),
        ([], {}, ["-  []", "+  {}"]),
    ],
)
def test_a_document_is_told_by_the_properties_that_differ(
    old: object, new: object, lines: list[str], tmp_path: Path
) -> None:
    assert _told(json.dumps(old), json.dumps(new), "t.json", tmp_path) == lines


@pytest.mark.parametrize("text", ['{"a": 1, "a": 2}\n', '{"a": 1.0000000000000000000}\n', '{"a": 1.50}\n', '{"a": \n'])
def test_what_no_property_tells_is_told_by_the_lines(text: str, tmp_path: Path) -> None:
    assert (
        _told('{"a": 1}\n', text, "t.json", tmp_path) == ['- 1 {"a": 1}', f"+ 1 {text.strip()}"] or text == '{"a": \n'
    )


def test_a_file_that_came_or_went_and_lines_that_are_left_out_are_told(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    (tmp_path / "old/gone.txt").write_text("x\n")
    (tmp_path / "new/new.txt").write_text("x\n" * 20)

    gone, new = differing_files(tmp_path / "old", tmp_path / "new")

    assert (gone.file, gone.state, gone.lines) == ("gone.txt", "gone", ())
    assert (new.file, new.state, len(new.lines), new.left_out) == ("new.txt", "new", 12, 8)


def _told(old: str | bytes, new: str | bytes, name: str, folder: Path) -> list[str]:
    for side, content in (("old", old), ("new", new)):
        (folder / side).mkdir()
        (folder / side / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (change,) = differing_files(folder / "old", folder / "new")
    return [
        f"{line.sign} {line.at} {line.text}" if line.sign != " " else f" {line.at} {line.text}" for line in change.lines
    ]
