"""No text of a package becomes markup, a link or a mention in a changelog; days and numbers read as people write."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from changelog_of import HOSTILE
from golden_changelogs import GOLDEN
from musterroll.record.window import Window
from musterroll.release.changelog.markdown import bullets, inert, name, table
from musterroll.release.changelog.words import counted, days, listed, number_in, people_in, when, when_in

_READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_OURS = {"paragraph", "heading", "inline", "bullet_list", "list_item", "table", "thead", "tbody", "tr", "th", "td"}
_ACTIVE = st.text(st.sampled_from("\\`*_{}[]()<>#+-.!|~@&:$=0123456789 \n\tawgh/;") | st.characters(), max_size=40)


def _kinds(tokens: list[Token]) -> set[str]:
    return {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}


def _flat(markdown: str) -> tuple[set[str], set[str], str]:
    """The blocks, what stands within lines, and the text that a reader sees."""
    tokens = _READER.parse(markdown)
    inline = [child for token in tokens for child in token.children or ()]
    return _kinds(tokens), _kinds(inline), "".join(child.content for child in inline)


def _seen(text: str) -> str:
    """What should be seen of a text: one line, without invisible characters, nothing else changed."""
    return "".join(
        char if char == " " or unicodedata.category(char)[0] not in "CZ" else f"\\u{ord(char):04x}"
        for char in " ".join(text.split())
        if ord(char) <= 0xFFFF or unicodedata.category(char)[0] not in "CZ"
    )


@given(_ACTIVE)
@example("1. one")
@example("- one")
@example("+")
@example("---")
@example("===")
@example("# one")
@example("a | b\n|---|---|")
@example("&lt; &#64; \\&amp;")
@example("[a]: https://example.org")
def test_any_text_is_shown_as_it_is_wherever_it_stands(text: str) -> None:
    line = " ".join(text.split())
    shown = _seen(text)
    if not line or len(line) > 200 or any(ord(c) > 0xFFFF and unicodedata.category(c)[0] in "CZ" for c in line):
        return

    for template, blocks in (
        ("{}", {"paragraph", "inline"}),
        ("- {}", {"bullet_list", "list_item", "paragraph", "inline"}),
        ("# {} 1.0.0", {"heading", "inline"}),
        ("| head |\n|---|\n| {} |", {"table", "thead", "tbody", "tr", "th", "td", "inline"}),
    ):
        kinds, within, seen = _flat(template.format(inert(text)))

        assert kinds == blocks
        assert within <= {"text", "text_special"}
        assert seen.replace("\u2060", "") == {"#": f"{shown} 1.0.0", "|": f"head{shown}"}.get(template[0], shown)


@given(_ACTIVE)
def test_nothing_can_be_made_a_mention_or_a_link_after_it_was_read(text: str) -> None:
    shown = _flat(inert(text))[2]

    assert not re.search(r"(?i)@\w|#\w|://|www\.|\bgh-[0-9]", shown)


def test_a_long_text_is_cut_and_an_invisible_character_is_written_out() -> None:
    assert inert("a" * 201) == "a" * 200 + "…"
    assert inert("abc", 2) == "ab…"
    assert inert("a\x1b\u202e\U000e0041b") == "a\\\\u001b\\\\u202e\\\\U000e0041b"


@pytest.mark.parametrize("case", ["hostile", "foreign-hostile"])
def test_hostile_cells_and_names_leave_a_changelog_with_its_own_structure_only(case: str) -> None:
    text = (GOLDEN / case / "CHANGELOG.md").read_text(encoding="utf-8")

    kinds, within, seen = _flat(text)

    assert kinds <= _OURS
    assert within <= {"text", "text_special", "strong", "code_inline", "softbreak"}
    assert len(re.findall(r"^#+ ", text, re.MULTILINE)) == 8
    assert "<script>" in seen
    assert not re.search(r"@\w|://|www\.|\u202e|\u200b|\x1b", text)
    assert HOSTILE.split(" ")[0] in seen


def test_plain_names_look_like_code_and_others_are_inert() -> None:
    assert name("personnel_max") == "`personnel_max`"
    assert name("a`b") == "a\\`b"


def test_a_list_that_was_cut_says_how_many_are_missing_and_where_they_are() -> None:
    assert list(bullets(["a", "b"], 1202)) == [
        "- a",
        "- b",
        "- … and 1,200 more; `muster diff OLD NEW` and changes.jsonl have all.",
    ]
    assert list(bullets(["a"])) == ["- a"]


def test_columns_of_numbers_are_set_to_the_right() -> None:
    assert list(table(("a", "b"), [["1", "2"]], {1})) == ["| a | b |", "|---|---:|", "| 1 | 2 |"]


# Words


@pytest.mark.parametrize(
    ("first", "last", "as_date", "in_a_sentence"),
    [
        ("2024-06-25", "2024-06-25", "25 June 2024", "on 25 June 2024"),
        ("2024-07-09", "2024-07-20", "9–20 July 2024", "between 9 and 20 July 2024"),
        ("2024-06-25", "2024-07-20", "25 June – 20 July 2024", "between 25 June and 20 July 2024"),
        (
            "2023-12-30",
            "2024-01-02",
            "30 December 2023 – 2 January 2024",
            "between 30 December 2023 and 2 January 2024",
        ),
        ("2024-02-01", "2024-02-29", "February 2024", "in February 2024"),
        ("2024-02-01", "2024-02-28", "1–28 February 2024", "between 1 and 28 February 2024"),
        ("2024-06-25", "", "on or after 25 June 2024", "on or after 25 June 2024"),
        ("", "2024-06-25", "on or before 25 June 2024", "on or before 25 June 2024"),
        ("", "", "none", "on an unknown day"),
    ],
)
def test_a_window_of_days_in_words(first: str, last: str, as_date: str, in_a_sentence: str) -> None:
    window = Window(*(date.fromisoformat(text) if text else None for text in (first, last)))

    assert (days(window), when(window)) == (as_date, in_a_sentence)


def _people(low: str, best: str, high: str, qualifier: str, kind: str) -> dict[str, str]:
    ends = {"personnel_min": low, "personnel_best": best, "personnel_max": high}
    return {**ends, "personnel_qualifier": qualifier, "personnel_kind": kind}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (_people("1", "1", "1", "exact", "police"), "1 police officer"),
        (_people("1200", "1200", "1200", "exact", "military"), "1,200 members of the military"),
        (_people("", "60", "", "about", "medical"), "~ 60 medical workers"),
        (_people("", "", "50", "up_to", "civilian"), "≤ 50 civilians"),
        (_people("120", "", "150", "between", "mixed"), "120–150 people"),
        (_people("", "", "", "unspecified", "unspecified"), "an unstated number of people"),
        (_people("1_000", "", "*many*", "exact", "police"), "1\\_000 \\*many\\* police officers"),
    ],
)
def test_people_in_words(row: dict[str, str], expected: str) -> None:
    assert people_in(row) == expected


def test_people_before_and_after() -> None:
    row = _people("60", "", "80", "between", "police")

    assert people_in(row, "≤ 50") == "≤ 50 → 60–80 police officers"
    assert people_in(row, "60–80") == "60–80 police officers"


def test_cells_that_an_older_release_wrote_otherwise_are_shown_as_they_stand() -> None:
    assert when_in({"date_earliest": "spring", "date_latest": "*2024*"}, "date") == "spring \\*2024\\*"
    assert number_in({"amount_min": "many", "amount_best": "", "amount_max": "9"}, "amount") == "many 9"


def test_counts_and_lists_in_words() -> None:
    assert (counted(1, "row"), counted(1200, "row"), counted(2, "country", "countries")) == (
        "1 row",
        "1,200 rows",
        "2 countries",
    )
    assert (listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])) == ("a", "a and b", "a, b and c")
