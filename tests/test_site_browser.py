"""The site in a real browser, opened as files from a folder: quiet, usable by keyboard, on a phone, light and dark."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, Request

from browsers import browser as a_browser
from running import ROOT, muster

pytestmark = pytest.mark.slow

_PAGES = ("index.html", "countries.html", "countries/KEN.html", "sources.html", "tables.html", "rows/deployments.html")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the first release, which never changes."""
    out = tmp_path_factory.mktemp("site") / "out"
    assert muster("site", ROOT / "releases/1.0.0", "--out", out).code == 0
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as found:
        yield found


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1200, "height": 900}) as found:
        yield found


def _open(context: BrowserContext, site: Path, path: str, said: list[str] | None = None) -> Page:
    page = context.new_page()
    if said is not None:
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(site.as_uri()) else said.append(request.url))
        page.on("requestfailed", lambda request: _note_failure(request, said))
    page.goto(f"{site.as_uri()}/{path}")
    return page


def _note_failure(request: Request, said: list[str]) -> None:
    """What failed, but for what the browser gave up because the next page was asked for."""
    if request.failure != "net::ERR_ABORTED":
        said.append(f"{request.failure} {request.url}")


def test_every_page_opens_without_a_word_on_the_console_and_asks_nobody_else(
    context: BrowserContext, site: Path
) -> None:
    said: list[str] = []
    page = _open(context, site, "index.html", said)
    for path in sorted(site.rglob("*.html")):
        page.goto(path.as_uri())
        assert page.locator("h1").count() == 1, path

    assert said == []


@pytest.mark.parametrize(
    ("scheme", "rules"),
    [
        ("light", ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]),
        ("dark", ["color-contrast"]),
    ],
)
def test_axe_finds_nothing_to_mend(browser: Browser, site: Path, scheme: str, rules: list[str]) -> None:
    options = {"runOnly": rules}
    found = {}
    with browser.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type]
        for path in _PAGES:
            result = Axe().run(_open(context, site, path), options=options)
            found[path] = [(each["id"], each["nodes"][0]["target"]) for each in result.response["violations"]]

    assert not {path: ids for path, ids in found.items() if ids}


@pytest.mark.parametrize("path", _PAGES)
def test_nothing_is_wider_than_a_phone(browser: Browser, site: Path, path: str) -> None:
    with browser.new_context(viewport={"width": 320, "height": 700}) as context:
        page = _open(context, site, path)

        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_column_sorts_both_ways_by_its_numbers_and_says_so(context: BrowserContext, site: Path) -> None:
    page = _open(context, site, "countries.html")
    table = page.locator("table").first
    button = table.get_by_role("button", name="Promised")

    def promised() -> list[float]:
        values = table.locator("tbody tr td:nth-of-type(1)").evaluate_all("cells => cells.map(c => c.dataset.sort)")
        return [float(value) for value in values]

    button.click()
    assert promised() == sorted(promised(), reverse=True)
    assert table.locator("th[aria-sort=descending]").count() == 1
    button.press("Enter")
    assert promised() == sorted(promised())
    assert len(set(promised())) > 2


def test_a_filter_shows_what_holds_the_words_and_counts_it(context: BrowserContext, site: Path) -> None:
    page = _open(context, site, "rows/deployments.html")
    every = page.locator("article.row:visible").count()

    page.get_by_role("searchbox").fill("d-0002")

    shown = page.locator("article.row:visible")
    assert 0 < shown.count() < every
    assert all("D-0002" in text for text in shown.all_text_contents())
    assert page.get_by_role("status").text_content() == f"{shown.count()} of {every}"


def test_a_theme_that_was_chosen_is_remembered(context: BrowserContext, site: Path) -> None:
    page = _open(context, site, "index.html")
    paper = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(paper)

    page.get_by_role("button", name="Dark").click()

    assert page.evaluate(paper) != before
    other = _open(context, site, "countries/KEN.html")
    assert other.evaluate(paper) == page.evaluate(paper) != before
    assert other.get_by_role("button", name="Dark").get_attribute("aria-pressed") == "true"


def test_the_keyboard_alone_leads_past_the_navigation_and_to_a_number(context: BrowserContext, site: Path) -> None:
    page = _open(context, site, "index.html")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.number') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/countries.html#*")


def test_a_country_of_the_map_leads_to_its_page(context: BrowserContext, site: Path) -> None:
    page = _open(context, site, "countries.html")

    page.locator("[data-href='countries/KEN.html']").first.click()

    page.wait_for_url("**/countries/KEN.html")
    assert page.locator("h1").text_content() == "Kenya"


def test_a_link_to_a_row_arrives_with_the_row_in_sight(context: BrowserContext, site: Path) -> None:
    page = _open(context, site, "rows/commitments.html#C-0017/1")

    assert page.locator("[id='C-0017/1']").evaluate("row => row.getBoundingClientRect().top < innerHeight")
    assert page.locator("[id='C-0017/1']").evaluate("row => row.matches(':target')")


def test_without_scripts_all_is_there_to_read(browser: Browser, site: Path) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = _open(context, site, "index.html")
        assert page.locator("svg.chart:visible").count() == 1
        assert page.locator("button:visible").count() == 0
        page.get_by_text("The chart as a table").click()
        assert page.locator("figure table:visible").count() == 1


def test_charts_take_the_colours_of_the_theme(browser: Browser, site: Path) -> None:
    def colour(scheme: str) -> str:
        with browser.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type]
            line = _open(context, site, "index.html").locator("svg:visible path[stroke='var(--came)']").first
            return str(line.evaluate("line => getComputedStyle(line).stroke"))

    assert {colour("light"), colour("dark")} == {"rgb(10, 90, 144)", "rgb(121, 189, 240)"}


def test_another_time_zone_makes_the_same_site(site: Path, tmp_path: Path) -> None:
    script = "import sys; from muster_cli import main; sys.argv[0] = 'muster'; main()"
    result = subprocess.run(
        [sys.executable, "-c", script, "site", ROOT / "releases/1.0.0", "--out", tmp_path / "site"],
        env={**os.environ, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7"},
        check=False,
        capture_output=True,
        text=True,
    )

    assert result.returncode == 0, result.stderr
    for path in sorted(each for each in site.rglob("*") if each.is_file()):
        assert (tmp_path / "site" / path.relative_to(site)).read_bytes() == path.read_bytes(), path
