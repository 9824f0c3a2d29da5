"""The site in a real browser, opened as files from a folder: quiet, usable by keyboard, on a phone, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page

from browsers import browser as a_browser
from musterroll.site.writing import write_site

pytestmark = pytest.mark.slow

_CHANGES = "releases/1.0.0-to-1.1.0.html"
# One page of every kind; those in which colours meet that others have not.
_KINDS = (
    "index.html", "countries.html", "countries/KEN.html", "timeline.html", "funding.html", "conflicts.html",
    "sources.html", "tables.html", "rows/deployments.html", "releases.html", "releases/1.1.0.html", _CHANGES,
    "releases/1.0.0-to-1.1.0/contributions.html", "codebook.html", "checks.html", "contribute.html",
)  # fmt: skip
_COLOURED = ("index.html", "countries.html", "conflicts.html", _CHANGES)
_CAME = ("#0a5a90", "#79bdf0")  # light and dark
_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RULES = {"light": (_AA, _KINDS), "dark": (["color-contrast"], _COLOURED)}
# Of a hundred checks or rows alike the first dozen are looked at, with what is folded in three of them.
_SHORTENED = """() => {
  document.querySelectorAll("section, article, tr, li, dl > div").forEach(each => {
    if ([...each.parentElement.children].indexOf(each) > 11) each.remove();
  });
  document.querySelectorAll("details").forEach((each, at) => { each.open = at < 3; });
}"""


@pytest.fixture(scope="module")
def site(site_files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a small record in two releases."""
    out = tmp_path_factory.mktemp("site") / "out"
    write_site(site_files.items(), out)
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as found:
        yield found


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1200, "height": 900}) as found:
        yield found


@pytest.fixture
def said() -> Iterator[list[str]]:
    """What the console says and other hosts are asked for while a test runs: nothing."""
    heard: list[str] = []
    yield heard
    assert heard == []


def _open(context: BrowserContext, site: Path, path: str, said: list[str] | None = None) -> Page:
    page = context.new_page()
    if said is not None:
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(site.as_uri()) else said.append(request.url))
        # What the browser gave up because the next page was asked for is no failure.
        page.on("requestfailed", lambda it: said.extend([it.url] if it.failure != "net::ERR_ABORTED" else []))
    page.goto(f"{site.as_uri()}/{path}")
    return page


def test_every_page_opens_quietly_asks_nobody_else_and_is_no_wider_than_a_phone(
    browser: Browser, site: Path, said: list[str]
) -> None:
    with browser.new_context(viewport={"width": 320, "height": 700}) as context:
        page = _open(context, site, "index.html", said)
        for path in sorted(site.rglob("*.html")):
            page.goto(path.as_uri())
            assert page.locator("h1").count() == 1, path
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


@pytest.mark.parametrize("scheme", _RULES)
def test_axe_finds_nothing_to_mend(browser: Browser, site: Path, scheme: str) -> None:
    rules, paths = _RULES[scheme]
    found = {}
    with browser.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type]
        for path in paths:
            page = _open(context, site, path)  # axe reads the style sheet again, which the policy forbids
            page.evaluate(_SHORTENED)
            result = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
            found[path] = [(each["id"], each["nodes"][0]["target"]) for each in result.response["violations"]]
            page.close()

    assert not {path: ids for path, ids in found.items() if ids}


def test_a_column_sorts_both_ways_by_its_numbers_and_says_so(context: BrowserContext, site: Path) -> None:
    page = _open(context, site, "countries.html")
    table = page.locator("section table[data-sortable]").nth(2)
    button = table.get_by_role("button", name="Promised")

    def promised() -> list[float]:
        values = table.locator("tbody tr td:nth-of-type(1)").evaluate_all("cells => cells.map(c => c.dataset.sort)")
        return [float(value) for value in values]

    button.click()
    assert promised() == sorted(promised(), reverse=True)
    assert table.locator("th[aria-sort=descending]").count() == 1
    button.press("Enter")
    assert promised() == sorted(promised())
    assert len(set(promised())) > 1


def test_a_filter_shows_what_holds_the_words_and_counts_it(context: BrowserContext, site: Path) -> None:
    page = _open(context, site, "rows/deployments.html")
    every = page.locator("article.row:visible").count()

    page.get_by_role("searchbox").fill("d-0002")

    shown = page.locator("article.row:visible")
    assert 0 < shown.count() < every
    assert all("D-0002" in text for text in shown.all_text_contents())
    assert page.get_by_role("status").text_content() == f"{shown.count()} of {every}"


def test_a_theme_that_was_chosen_is_remembered_and_charts_take_its_colours(context: BrowserContext, site: Path) -> None:
    page = _open(context, site, "index.html")
    paper = "getComputedStyle(document.body).backgroundColor"
    line = "getComputedStyle(document.querySelector(\"svg path[stroke='var(--came)']\")).stroke"
    before = page.evaluate(paper), page.evaluate(line)

    page.get_by_role("button", name="Dark").click()

    assert before[1] == "rgb(10, 90, 144)"
    assert page.evaluate(line) == "rgb(121, 189, 240)"
    assert page.evaluate(paper) != before[0]
    other = _open(context, site, "countries/KEN.html")
    assert other.evaluate(paper) == page.evaluate(paper)
    assert other.get_by_role("button", name="Dark").get_attribute("aria-pressed") == "true"


def test_a_page_prints_dark_on_white_and_keeps_its_signs_where_colours_are_the_readers(
    context: BrowserContext, site: Path
) -> None:
    page = _open(context, site, "index.html")
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.locator("button:visible").count() == 0
    assert page.locator("figure table:visible").count() == 1, "what is folded is printed"

    page.emulate_media(color_scheme="light", media="screen", forced_colors="active")
    swatch = "getComputedStyle(document.querySelector('.swatch.came')).backgroundColor"
    assert page.evaluate(swatch) == "rgb(10, 90, 144)"


def test_the_keyboard_alone_leads_past_the_navigation_and_to_a_number(context: BrowserContext, site: Path) -> None:
    page = _open(context, site, "index.html")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert "people were promised" in str(page.evaluate("document.activeElement.parentElement.textContent"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/countries.html#adds-up-GSF")
    assert page.locator("details#adds-up-GSF[open]").count() == 1


def test_the_keyboard_reaches_every_country_of_the_map_or_passes_them_all(browser: Browser, site: Path) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = _open(context, site, "countries.html")
        page.get_by_role("group", name="Map", exact=True).focus()
        focused = []
        while True:
            page.keyboard.press("Tab")
            name = page.evaluate("document.activeElement.closest('svg') && document.activeElement.textContent")
            if name is None:
                break
            focused.append(name)

        assert focused == sorted(focused)
        assert len(focused) == page.locator("svg a").count() > 2
        page.locator("svg a", has_text="Kenya").press("Enter")
        page.wait_for_url("**/countries/KEN.html")
        page.go_back()
        page.locator(".skip", has_text="map").press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('svg')") is None


def test_a_link_to_a_row_or_a_happening_arrives_with_it_in_sight_and_asks_nothing(
    context: BrowserContext, site: Path, said: list[str]
) -> None:
    for path, id in (("rows/commitments.html", "C-0002/1"), ("timeline.html", "deployments/D-0005")):
        page = _open(context, site, f"{path}#{id}", said)

        target = page.locator(f"[id='{id}']")
        assert target.evaluate("it => it.getBoundingClientRect().top < innerHeight && it.matches(':target')"), path
    assert page.locator("li.happening:visible").count() == page.locator("li.happening").count()


def test_without_scripts_all_is_there_to_read(browser: Browser, site: Path, said: list[str]) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = _open(context, site, "index.html", said)
        assert page.locator("svg.chart:visible").count() == 1
        assert page.locator("button:visible").count() == 0
        page.get_by_text("The chart as a table").click()
        assert page.locator("figure table:visible").count() == 1

        page.goto(f"{site.as_uri()}/timeline.html")
        assert page.locator("form:visible").count() == 0
        assert page.locator("li.happening:visible").count() == 28


def test_what_is_asked_of_the_timeline_stands_in_the_address_and_is_counted(
    context: BrowserContext, site: Path, said: list[str]
) -> None:
    page = _open(context, site, "timeline.html", said)
    every = page.locator("li.happening:visible").count()

    page.get_by_label("What", exact=True).select_option("arrival")
    page.get_by_label("Country").select_option("KEN")
    page.get_by_label("Year").select_option("2025")

    shown = page.locator("li.happening:visible")
    assert 0 < shown.count() < every
    assert all("Kenya" in text and "arrived" in text for text in shown.all_text_contents())
    assert page.get_by_role("status").text_content() == f"{shown.count()} of {every} shown"
    assert page.url.endswith("timeline.html#kind=arrival&country=KEN&year=2025")
    assert page.locator("section.year:visible h2").all_text_contents() == ["2025"]

    again = _open(context, site, "timeline.html#kind=arrival&country=KEN&year=2025", said)
    assert again.locator("li.happening:visible").count() == shown.count()
    again.get_by_role("button", name="Show all").click()
    again.wait_for_function("() => !location.hash")
    assert again.locator("li.happening:visible").count() == every


def test_changes_are_asked_by_table_kind_and_words_and_what_is_folded_opens(
    context: BrowserContext, site: Path, said: list[str]
) -> None:
    page = _open(context, site, _CHANGES, said)

    page.get_by_label("Table", exact=True).select_option("evidence")
    page.get_by_label("What", exact=True).select_option("added")
    page.get_by_label("With the words").fill("airport")

    rows = page.locator("section.changed tbody tr:visible")
    assert rows.count() > 0
    assert all("airport" in text for text in rows.all_text_contents())
    assert page.locator("section.changed:visible").count() == 1
    assert page.url.endswith("#table=evidence&change=added&text=airport")
    page.get_by_role("button", name="Show all").press("Enter")
    page.wait_for_function("() => !location.hash")
    assert page.locator("section.changed:visible").count() == page.locator("section.changed").count()
    assert page.locator("section.changed tbody tr[hidden]").count() == 0


@pytest.mark.parametrize(
    ("path", "mark", "tells"),
    [("countries/KEN.html", ".mark-rule line", "In Haiti: "), ("funding.html", ".mark-symbol path", "EUR ")],
)
def test_a_chart_can_be_explored_in_the_colours_of_the_theme_and_nothing_is_loaded_before(
    context: BrowserContext, site: Path, said: list[str], path: str, mark: str, tells: str
) -> None:
    page = _open(context, site, path, said)
    page.emulate_media(color_scheme="dark")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    button = page.get_by_role("button", name="Explore this chart")
    assert page.locator("script[src$='vega.js']").count() == 0

    button.press("Enter")
    page.wait_for_selector(".explore svg", state="attached")
    page.get_by_text("Point at the chart for its numbers.").wait_for()

    assert next(name for name in asked if name.endswith(".js")) == "vega.js"
    assert button.get_attribute("aria-expanded") == "true"
    light, dark = ([f".explore svg [{name}='{colour}']" for name in ("fill", "stroke")] for colour in _CAME)
    assert [page.locator(", ".join(each)).count() > 0 for each in (light, dark)] == [False, True]
    page.locator(f".explore svg {mark}").last.hover(force=True)
    page.wait_for_function("() => document.querySelector('.tip').textContent.length > 0")
    assert tells in str(page.locator(".tip").text_content())
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as PNG").press("Enter")
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")
    assert saved.value.suggested_filename in {"promised-KEN.png", "money.png"}
    button.press("Enter")
    assert page.locator(".explore:visible").count() == 0
    assert page.get_by_role("button", name="Save as PNG").count() == 0
