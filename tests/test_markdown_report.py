"""The report as Markdown: its structure is ours whatever stands in a cell, and no cell is a link or a mention."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt

from hostile_reports import report_of, reports
from muster_cli.render.markdown import render_markdown
from muster_validators import CATALOGUES, Finding, Report
from muster_validators.finding import Related

_READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_BLOCKS = {
    "heading",
    "paragraph",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "bullet_list",
    "list_item",
    "html_block",
}
_OURS = re.compile(r"</?details>|</?summary>|</?b>")


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60, deadline=None)
@given(reports())
def test_every_report_has_the_structure_that_is_meant_and_nothing_else(report: Report) -> None:
    text = render_markdown(report)
    tokens = _READER.parse(text)
    inline = [child for token in tokens for child in token.children or ()]
    html = "".join(token.content for token in tokens if token.type == "html_block")
    seen = "".join(child.content for child in inline)

    assert {token.type.removesuffix("_open").removesuffix("_close") for token in tokens} <= {*_BLOCKS, "inline"}
    assert {child.type for child in inline} <= {"text", "text_special", "strong_open", "strong_close", "softbreak"}
    assert sum(token.type == "heading_open" for token in tokens) == 1
    assert sum(token.type == "tr_open" for token in tokens) == 1 + len(report.layers)
    assert "<" not in _OURS.sub("", html)
    assert not re.search(r"(?i)@\w|#\w|://|www\.|\bgh-[0-9]", html + seen)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e\ud800-\udfff]", text)
    assert text.count("<details>") == text.count("</details>")


def test_the_rows_beside_a_finding_are_listed_below_it_and_counted_beyond_five() -> None:
    related = tuple(
        Related(table="people", key={"id": f"r{n}"}, says="the same", file="data/people.csv", line=n) for n in range(7)
    )
    finding = Finding(
        check="category", layer="structure", severity="error", message="sour", remedy="y", related=related
    )

    lines = render_markdown(report_of(finding)).splitlines()

    at = lines.index("- **the package** : sour")
    assert lines[at + 1] == "  - data/people.csv:0 r0: the same"
    assert lines[at + 6] == "  - … and 2 more rows"


def test_a_comment_has_a_limit_and_says_what_it_leaves_out() -> None:
    checks = sorted(CATALOGUES["structure"])[:20]
    many = [
        Finding(
            check=check, layer="structure", severity="error", message=f"{number} {'x' * 400}", remedy="y", line=number
        )
        for check in checks
        for number in range(1, 26)
    ]

    text = render_markdown(report_of(*many))

    assert 50_000 < len(text) < 65_536
    assert "- … and 5 more" in text
    listed = text.count("<details>")
    assert f"A comment has a limit: {25 * (20 - listed)} more findings are in the other formats." in text
