"""The report as a page: one file that asks nobody, readable without its script, in which no text is markup."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from golden import build_base
from hostile_reports import report_of, reports
from muster_cli.render.html import render_html
from muster_cli.render.markdown import render_markdown
from muster_cli.render.visible import visible
from muster_validators import CATALOGUES, Finding, Report, validate
from muster_validators.finding import NotRun, Related, Severity
from muster_validators.report import Layer, Release, Since
from running import RECORD, muster, replace

_VOID = {"meta", "input", "br", "link", "img", "hr"}
_LANDMARKS = ["header", "nav", "main"]


class Page(HTMLParser):
    """The elements of a page in their order, with their attributes and the text in them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.scripts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """It ends what was opened last."""
        assert self.open.pop() == tag
        self.text += " " if tag in {"td", "th"} else ""

    def handle_data(self, data: str) -> None:
        """Note the text, and scripts apart."""
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)
        elif not self.open or self.open[-1] != "style":
            self.text += data

    def of(self, tag: str) -> list[dict[str, str]]:
        """The attributes of all elements of that name."""
        return [attributes for name, attributes in self.elements if name == tag]


def finding(severity: Severity = "error", number: int = 1, **more: object) -> Finding:
    """A finding of `category`, in structure."""
    parts = {"table": "people", "key": {"id": str(number)}, "file": "data/people.csv", "line": number, **more}
    return Finding(check="category", layer="structure", severity=severity, message="sour", remedy="y", **parts)  # type: ignore[arg-type]


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40, deadline=None)
@given(reports())
def test_every_report_is_a_sound_page_whose_only_script_is_ours(report: Report) -> None:
    text = render_html(report)
    page = Page(text)

    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    targets = [attributes["href"] for attributes in page.of("a")]
    assert page.open == []
    assert len(set(ids)) == len(ids)
    assert all(target.startswith("#") and target[1:] in ids for target in targets)
    assert len(page.scripts) == (1 if len(report) else 0)
    assert not {tag for tag, _ in page.elements} & {"img", "iframe", "object", "embed", "link", "base", "svg"}
    assert not {
        name for _, attributes in page.elements for name in attributes if name.startswith("on") or name == "src"
    }
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e\ud800-\udfff]", text)
    for item in report:
        assert visible(item.message, 1000) in page.text


def test_the_page_allows_only_its_own_script_and_no_request() -> None:
    page = Page(render_html(report_of(finding())))

    (policy,) = [meta["content"] for meta in page.of("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    (script,) = page.scripts
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{digest}';" in policy
    assert "://" not in render_html(report_of(finding()))


def test_the_page_has_landmarks_headings_labels_and_captions() -> None:
    related = (Related(table="people", key={"id": "2"}, says="the same", file="data/people.csv", line=3),)
    page = Page(render_html(report_of(finding(related=related), finding("warning"))))

    tags = [tag for tag, _ in page.elements]
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    labelled = {label["for"] for label in page.of("label") if "for" in label}
    assert page.of("html") == [{"lang": "en"}]
    assert [tag for tag in tags if tag in _LANDMARKS] == _LANDMARKS
    assert levels == [1, 2, 2, 3, 3]
    assert tags.count("table") == tags.count("caption") == 2
    assert all("scope" in attributes for attributes in page.of("th"))
    assert {item["id"] for item in page.of("input") if item.get("type") == "search"} == labelled
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.of("meta")
    assert page.of("a")[0] == {"class": "skip", "href": "#findings"}


def test_the_filters_are_hidden_from_whom_they_would_not_serve() -> None:
    (form,) = Page(render_html(report_of(finding()))).of("form")

    assert "hidden" in form
    assert form["role"] == "search"


def test_a_finding_has_its_place_its_rows_and_an_anchor_that_lasts() -> None:
    related = tuple(Related(table="people", key={"id": f"r{n}"}, says="the same") for n in range(52))
    found = finding(field="taste", value="<b>sour</b>", expected="sweet", related=related)
    page = Page(render_html(report_of(found, found)))

    anchors = [item["id"] for item in page.of("li") if "id" in item]
    text = " ".join(page.text.split())
    assert anchors == [f"f-{found.fingerprint}", f"f-{found.fingerprint}-2"]
    assert "data/people.csv:1 1 taste = <b>sour</b>" in text
    assert "Expected: sweet" in text
    assert "r49 the same" in text
    assert "r50" not in text
    assert "… and 2 more rows" in text
    assert visible(CATALOGUES["structure"]["category"].remedy.replace("`", ""), 1000) in text


def test_layers_tell_what_failed_what_did_not_run_and_what_does_not_apply() -> None:
    layers = (
        Layer(
            "structure", 9, (finding(), finding("warning", known=True)), (NotRun("type-error", "no judge", "people"),)
        ),
        Layer("plausibility", 2, inapplicable=tuple(CATALOGUES["plausibility"])[:1]),
        Layer("gate", 1, inapplicable=("candidate-row",)),
    )
    report = Report("plain", "1.0.0", layers, against=Release("plain", "0.9.0"), new_since=Release("plain", "0.9.0"))
    text = " ".join(Page(render_html(report)).text.split())

    assert "plain 1.0.0, compared with plain 0.9.0" in text
    assert "Failed: 1 error, 1 known, 1 check could not run." in text
    assert "structure failed 9 1 – – 1 1" in text
    assert "gate does not apply" in text
    assert f"plausibility: not applicable: {next(iter(CATALOGUES['plausibility']))}." in text
    assert "A check that could not run has not passed. structure on people: no judge (type-error)" in text
    assert "1 finding that plain 0.9.0 has too is known and not counted." in text


def test_a_clean_a_refused_and_a_narrowed_report_say_so() -> None:
    clean, refused = render_html(report_of()), render_html(report_of(finding(), refused=True))
    narrowed = render_html(report_of(since=Since("plain", None, 2)))

    assert "Passed: nothing was found." in Page(clean).text
    assert "<script" not in clean
    assert "Not judged, for it was not asked for: facts, plausibility." in Page(clean).text
    assert "Passed: 1 warning." in Page(render_html(report_of(finding("warning")))).text
    assert "Failed: 1 warning." in Page(render_html(report_of(finding("warning")), fail_on="warning")).text
    assert "Refused: unsafe, or over a limit." in Page(refused).text
    assert "left out: 2 findings on other rows." in Page(narrowed).text


def test_the_totals_of_a_mission_stand_at_the_top_here_and_in_a_comment() -> None:
    report = validate(RECORD, ("structure", "facts"))

    told = "On 2024-10-13 promised ≥ 1,150, deployed 396, of them in Haiti 396, reported ~ 430 on 2024-10-13."
    assert told in Page(render_html(report)).text
    assert told in render_markdown(report).replace("**", "")


def test_of_very_many_findings_the_worst_are_listed_and_the_rest_is_counted() -> None:
    found = [finding(severity, number) for severity in ("warning", "error") for number in range(30)]
    page = Page(render_html(report_of(*found), most=40))

    sections = [section["data-severity"] for section in page.of("section") if section.get("class") == "group"]
    text = " ".join(page.text.split())
    assert sections == ["error", "warning"]
    assert len([item for item in page.of("li") if "id" in item]) == 40
    assert "Listed are the first 40 findings, errors first; 20 more are not (as JSON they are)." in text
    assert "… and 20 more" in text
    assert 'id="warning-category"' not in render_html(report_of(*found), most=30)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_of_text_stands_out_from_the_paper(scheme: str) -> None:
    blocks = re.findall(r":root \{ ([^}]+) \}", render_html(report_of(finding())))
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]+)", blocks[0] if scheme == "light" else blocks[1]))

    for name in ("ink", "dim", "good", "bad", "warn", "link"):
        assert _contrast(colours[name], colours["paper"]) >= 4.5, name


def test_the_command_writes_the_page_into_a_file(tmp_path: Path) -> None:
    package = build_base("plain", tmp_path / "plain")
    replace(package, "data/people.csv", "1,", "</script><img src=x onerror=alert(1)>é,")

    result = muster(
        "validate", package, "--layer", "structure", "--format", "html", "--output", tmp_path / "report.html"
    )

    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert (result.code, result.stdout) == (1, "")
    assert "</script><img src=x onerror=alert(1)>é" in page.text
    assert len(page.scripts) == 1


def _contrast(one: str, two: str) -> float:
    """By the formula of WCAG 2.1."""
    lighter, darker = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
