"""`muster new` writes all files or none, and no byte that is not its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branches import content, fails, new, record_in_form
from golden import build_base
from musterroll.drafting import writing
from musterroll.drafting.edit import TableEdit
from musterroll.errors import Unavailable
from musterroll.package.atomic import write_atomically
from musterroll.package.canonical import canonical_csv
from musterroll.package.dialect import Dialect
from musterroll.package.table import Schema, Table
from running import muster

SCHEMA = {"fields": [{"name": "id"}, {"name": "text"}], "primaryKey": ["id"]}


def things(folder: Path, content: bytes, **resource: object) -> Path:
    """A package of one table, `things`."""
    folder.mkdir(exist_ok=True)
    listed = {"name": "things", "path": "t.csv", "schema": SCHEMA, **resource}
    (folder / "datapackage.json").write_text(json.dumps({"name": "x", "resources": [listed]}, indent=1))
    (folder / "t.csv").write_bytes(content)
    return folder


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"id,text\nA-1,x\nA-2,y\n", b"id,text\nA-1,x\nA-2,y\nA-3,\n"),
        (b"id,text\r\nA-1,x\r\n", b"id,text\r\nA-1,x\r\nA-2,\r\n"),
        (b"id,text\nA-1,x", b"id,text\nA-1,x\nA-2,\n"),
        (b"\xef\xbb\xbfid,text\nA-1,x\n", b"\xef\xbb\xbfid,text\nA-1,x\nA-2,\n"),
        (b'id,text\nA-1,"x"\nB-7,y\n', None),
        (b'id,text\nA-2,"two\nlines"\nA-1,"x"\n', b'id,text\nA-2,"two\nlines"\nA-1,"x"\nA-3,\n'),
        (b"id,text\nA-09,x\n", b"id,text\nA-09,x\nA-10,\n"),
        (b"id,text\n", None),
    ],
)
def test_the_other_rows_keep_their_bytes_whatever_these_are(before: bytes, after: bytes | None, tmp_path: Path) -> None:
    package = things(tmp_path / "p", before)

    if after is None:  # two forms of ids, or none yet, and no pattern: nobody can tell the next
        assert "--set id=…" in fails(package, "things").stderr
    else:
        new(package, "things")
        assert (package / "t.csv").read_bytes() == after


def test_a_table_without_header_and_with_another_delimiter_stays_so(tmp_path: Path) -> None:
    package = things(tmp_path / "p", b"A-1;x\n", dialect={"header": False, "delimiter": ";"})

    new(package, "things", "--set", "text=a;b,c")

    assert (package / "t.csv").read_bytes() == b'A-1;x\nA-2;"a;b,c"\n'


_CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=6)


@given(st.dictionaries(st.integers(1, 999), _CELL, max_size=8), st.sets(st.integers(1, 999), min_size=1, max_size=4))
def test_what_is_added_to_a_canonical_file_leaves_it_canonical(rows: dict[int, str], more: set[int]) -> None:
    kept = [[f"A-{number:03}", text] for number, text in rows.items() if number not in more]
    table = canonical_table(kept)
    added = [(f"A-{number:03}", "") for number in more]

    data = TableEdit(table, tuple(added)).data

    assert data == canonical_table([*kept, *map(list, added)]).data
    assert TableEdit(table, (), frozenset()).data == table.data


@given(st.dictionaries(st.integers(1, 99), _CELL, min_size=1, max_size=8), st.data())
def test_what_is_shown_as_going_and_coming_is_what_goes_and_comes(rows: dict[int, str], data: st.DataObject) -> None:
    table = canonical_table([[f"A-{number:02}", text] for number, text in rows.items()])
    dropped = data.draw(st.sets(st.integers(0, len(table.rows) - 1)))
    edit = TableEdit(table, (("A-50", "new"), ("B-01", "new")), frozenset(dropped))

    old, now = table.data.decode().split("\n"), edit.data.decode().split("\n")

    for sign, line, text in edit.shown():
        assert (old if sign == "-" else now)[line - 1] == text
    assert len(now) == len(old) + 2 - len(dropped)


def canonical_table(rows: Iterable[list[str]]) -> Table:
    """A table as it is read from its canonical file."""
    data = canonical_csv(Table("t", "t.csv", Schema(SCHEMA, ""), Dialect(), ["id", "text"], list(rows)))
    ordered = sorted(rows)
    return Table(
        "t", "t.csv", Schema(SCHEMA, ""), Dialect(), ["id", "text"], ordered, list(range(2, len(ordered) + 2)), data
    )


@pytest.mark.parametrize(
    ("resource", "data", "told"),
    [
        ({"encoding": "latin-1"}, "id,text\nA-1,é\n".encode("latin-1"), "only UTF-8 is edited"),
        ({"schema": {"fields": SCHEMA["fields"]}}, b"id,text\nA-1,x\n", "has no primary key"),
        ({"path": None, "data": [["id", "text"], ["A-1", "x"]]}, b"", "only tables in files of their own"),
    ],
)
def test_a_table_that_cannot_be_edited_is_told_as_such(
    resource: dict[str, object], data: bytes, told: str, tmp_path: Path
) -> None:
    package = things(tmp_path / "p", data, **resource)
    if "data" in resource:
        descriptor = json.loads((package / "datapackage.json").read_text())
        del descriptor["resources"][0]["path"]
        (package / "datapackage.json").write_text(json.dumps(descriptor))

    assert told in fails(package, "things").stderr


def test_a_file_that_serves_two_tables_is_not_edited(tmp_path: Path) -> None:
    package = things(tmp_path / "p", b"id,text\nA-1,x\n")
    descriptor = json.loads((package / "datapackage.json").read_text())
    descriptor["resources"].append({**descriptor["resources"][0], "name": "others"})
    (package / "datapackage.json").write_text(json.dumps(descriptor))

    assert "serves 2 tables" in fails(package, "things").stderr


def test_two_resources_of_one_name_are_not_edited(tmp_path: Path) -> None:
    package = things(tmp_path / "p", b"id,text\nA-1,x\n")
    descriptor = json.loads((package / "datapackage.json").read_text())
    descriptor["resources"].append({**descriptor["resources"][0]})
    (package / "datapackage.json").write_text(json.dumps(descriptor))

    assert muster("new", "things", package).code == 1


def failing(at: Callable[[Path, int], BaseException | None]) -> Callable[[Path, bytes], None]:
    """`write_atomically`, failing where the disk, or somebody with Ctrl-C, would make it fail."""
    count = 0

    def write(path: Path, data: bytes) -> None:
        nonlocal count
        count += 1
        error = at(path, count)
        if error:
            raise error
        write_atomically(path, data)

    return write


@pytest.mark.parametrize("name", ["deployments.csv", "evidence.csv", "datapackage.json"])
def test_if_one_file_cannot_be_written_none_is(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = record_in_form(tmp_path / "record")
    before = content(package)
    full = Unavailable(f"{name}: No space left on device")
    monkeypatch.setattr(writing, "write_atomically", failing(lambda path, _: full if path.name == name else None))

    result = muster("new", "deployments", package)

    assert result.code == 4
    assert "No space left on device" in result.stderr
    assert result.stdout == ""
    assert content(package) == before


def test_ctrl_c_between_two_files_takes_the_first_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = record_in_form(tmp_path / "record")
    before = content(package)
    monkeypatch.setattr(
        writing, "write_atomically", failing(lambda _, count: KeyboardInterrupt() if count == 3 else None)
    )

    assert muster("new", "deployments", package).code == 130
    assert content(package) == before


def test_what_could_not_be_taken_back_is_named_and_fmt_completes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = record_in_form(tmp_path / "record")
    monkeypatch.setattr(
        writing, "write_atomically", failing(lambda _, count: Unavailable("the disk is gone") if count > 2 else None)
    )

    result = muster("new", "deployments", package)
    monkeypatch.undo()

    assert result.code == 4
    assert "the disk is gone; data/evidence.csv, data/deployments.csv could not be taken back" in result.stderr
    assert muster("fmt", package).code == 0
    assert new(package, "deployments") == "D-0011"


def test_a_file_that_somebody_else_changed_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = record_in_form(tmp_path / "record")

    def interfere(path: Path, count: int) -> None:
        (package / "data/evidence.csv").write_text("mine\n")

    monkeypatch.setattr(writing, "write_atomically", failing(interfere))
    before = (package / "data/deployments.csv").read_bytes()

    result = muster("new", "deployments", package)

    assert result.code == 4
    assert "changed meanwhile" in result.stderr
    assert (package / "data/evidence.csv").read_text() == "mine\n"
    assert (package / "data/deployments.csv").read_bytes() == before


@pytest.mark.parametrize("name", ["ferries", "plain"])
def test_a_table_whose_ids_are_no_letters_and_digits_asks_for_them(name: str, tmp_path: Path) -> None:
    package = build_base(name, tmp_path / "p")
    tables = [item["name"] for item in json.loads((package / "datapackage.json").read_text())["resources"]]

    for table in tables:
        assert "give it: --set" in fails(package, table).stderr
