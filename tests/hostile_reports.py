"""Reports whose every text is a stranger's: what no format may take for its own signs, in every field of a finding."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from muster_validators import CATALOGUES, Finding, Report
from muster_validators.finding import SEVERITIES, NotRun, Related
from muster_validators.report import Layer, Release, Since

WORST = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "x\n::error title=forged::pwned",
    "  ::warning::forged",
    "##[error]forged",
    "a ##[set-output name=x]y",
    "%0A::error::forged%25",
    "[click](javascript:alert(1)) ![x](1) {0} {{1}}",
    "]]><system-out>&lt;&#0;",
    "@everyone #1 gh-2 www.example.org <!-- ``` ~~~ | - 1. x",
    "\x00\x1b[31m\u202e\u2028\ud800\ufffe\U000e0041",
    "{{ 7 * 7 }}{% raw %}",
    "../../x y%zz?a#b:c",
    "",
    " ",
    "x" * 1200,
)
TEXT = st.sampled_from(WORST) | st.text(st.characters() | st.sampled_from("<>&\"'`[](){}%:#@|\\\n\r*_- "), max_size=30)
_LINE = st.none() | st.integers(1, 10**6)
_KEY = st.dictionaries(TEXT, TEXT, max_size=2)
_RELATED = st.builds(
    Related, table=TEXT, key=_KEY, says=TEXT, file=st.none() | TEXT.filter(bool), line=_LINE, column=_LINE
)


def finding(layer: str, **fixed: Any) -> st.SearchStrategy[Finding]:
    """A finding of any check of a layer."""
    parts: dict[str, st.SearchStrategy[Any]] = {
        "check": st.sampled_from(sorted(CATALOGUES[layer])),
        "severity": st.sampled_from(SEVERITIES),
        "message": TEXT,
        "remedy": TEXT,
        "table": st.none() | TEXT,
        "key": _KEY,
        "field": st.none() | TEXT,
        "file": st.none() | TEXT.filter(bool),
        "line": _LINE,
        "column": _LINE,
        "value": st.none() | TEXT,
        "expected": st.none() | TEXT,
        "related": st.lists(_RELATED, max_size=3).map(tuple),
        "waiver": st.none() | TEXT,
        "known": st.booleans(),
    }
    return st.builds(Finding, layer=st.just(layer), **{**parts, **fixed})


@st.composite
def _layer(draw: st.DrawFn, name: str) -> Layer:
    checks = sorted(CATALOGUES[name])
    return Layer(
        name=name,
        checks=len(checks),
        findings=tuple(draw(st.lists(finding(name), max_size=4))),
        not_run=tuple(draw(st.lists(st.builds(NotRun, st.sampled_from(checks), TEXT, st.none() | TEXT), max_size=3))),
        inapplicable=tuple(draw(st.lists(st.sampled_from(checks), max_size=2, unique=True))),
    )


_RELEASE = st.none() | st.builds(Release, TEXT, st.none() | TEXT)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report of any layers."""
    return Report(
        package=draw(TEXT),
        version=draw(st.none() | TEXT),
        layers=tuple(draw(_layer(name)) for name in draw(st.lists(st.sampled_from(sorted(CATALOGUES)), unique=True))),
        refused=draw(st.booleans()),
        against=draw(_RELEASE),
        since=draw(st.none() | st.builds(Since, TEXT, st.none() | TEXT, st.integers(0, 9))),
        new_since=draw(_RELEASE),
    )


def report_of(*findings: Finding, **more: Any) -> Report:
    """A report with these findings in the layers that they are of, structure in any case."""
    names = ["structure", *sorted({item.layer for item in findings} - {"structure"})]
    layers = [Layer(name, len(CATALOGUES[name]), tuple(f for f in findings if f.layer == name)) for name in names]
    return Report("plain", "1.0.0", tuple(layers), **more)
