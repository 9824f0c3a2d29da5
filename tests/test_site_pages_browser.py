"""Timeline, changes and charts in a real browser: what is asked stands in the address, and charts can be explored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page

from browsers import browser as a_browser
from musterroll.site.model import changes
from musterroll.site.writing import write_site
from site_releases import rendered_with_releases, shelf

pytestmark = pytest.mark.slow

_CHANGES = "releases/1.0.0-to-1.1.0.html"
_PAGES = (
    "timeline.html",
    "funding.html",
    "conflicts.html",
    "releases.html",
    "releases/1.1.0.html",
    _CHANGES,
    "releases/1.0.0-to-1.1.0/contributions.html",
    "codebook.html",
    "checks.html",
    "contribute.html",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a small record in two releases; what it gained in money has a page of its own."""
    folder = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changes, "APART", 1_100)
        write_site(rendered_with_releases(shelf(folder)).items(), folder / "out")
    return folder / "out"


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


def _open(context: BrowserContext, site: Path, path: str, said: list[str]) -> Page:
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(site.as_uri()) else said.append(request.url))
    page.on("requestfailed", lambda request: said.append(f"failed {request.url}"))
    page.goto(f"{site.as_uri()}/{path}")
    return page


@pytest.mark.parametrize(
    ("scheme", "rules"),
    [
        ("light", ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]),
        ("dark", ["color-contrast"]),
    ],
)
def test_axe_finds_nothing_to_mend(browser: Browser, site: Path, scheme: str, rules: list[str]) -> None:
    found = {}
    with browser.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type]
        for path in _PAGES:
            page = _open(context, site, path, [])  # axe reads the style sheet again, which the policy forbids
            page.evaluate("document.querySelectorAll('details').forEach((each, at) => { each.open = at < 3; })")
            result = Axe().run(page, options={"runOnly": rules})
            found[path] = [(each["id"], each["nodes"][0]["target"]) for each in result.response["violations"]]
            page.close()

    assert not {path: ids for path, ids in found.items() if ids}


def test_nothing_is_wider_than_a_phone(browser: Browser, site: Path, said: list[str]) -> None:
    with browser.new_context(viewport={"width": 320, "height": 700}) as context:
        for path in _PAGES:
            page = _open(context, site, path, said)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
            page.close()


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


def test_a_link_to_a_happening_is_no_question(context: BrowserContext, site: Path, said: list[str]) -> None:
    page = _open(context, site, "timeline.html#deployments/D-0005", said)

    assert page.locator("[id='deployments/D-0005']").evaluate("item => item.getBoundingClientRect().top < innerHeight")
    assert page.locator("li.happening:visible").count() == page.locator("li.happening").count()


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


def test_without_scripts_a_list_is_whole_and_offers_no_question(browser: Browser, site: Path, said: list[str]) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = _open(context, site, "timeline.html", said)

        assert page.locator("form:visible").count() == 0
        assert page.locator("li.happening:visible").count() == 28


@pytest.mark.parametrize(
    ("path", "mark", "tells"),
    [("countries/KEN.html", ".mark-rule line", "In Haiti: "), ("funding.html", ".mark-symbol path", "EUR ")],
)
def test_a_chart_can_be_explored_and_nothing_is_loaded_before(
    context: BrowserContext, site: Path, said: list[str], path: str, mark: str, tells: str
) -> None:
    page = _open(context, site, path, said)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    button = page.get_by_role("button", name="Explore this chart")
    assert page.locator("script[src$='vega.js']").count() == 0

    button.press("Enter")
    page.wait_for_selector(".explore svg", state="attached")
    page.get_by_text("Point at the chart for its numbers.").wait_for()

    assert next(name for name in asked if name.endswith(".js")) == "vega.js"
    assert button.get_attribute("aria-expanded") == "true"
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


def test_a_chart_to_explore_has_the_colours_of_the_theme(browser: Browser, site: Path, said: list[str]) -> None:
    with browser.new_context(color_scheme="dark") as context:
        page = _open(context, site, "funding.html", said)
        page.get_by_role("button", name="Explore this chart").click()
        page.wait_for_selector(".explore svg", state="attached")

        assert page.locator(".explore svg path[fill='#79bdf0']").count() > 0
        assert page.locator(".explore svg path[fill='#0a5a90']").count() == 0
