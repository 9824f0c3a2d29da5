"""Fixtures that every test may use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sites import Pages

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept` writes what the golden folders should hold; read the difference before you commit it."""
    parser.addoption("--accept", action="store_true", help="write findings.txt of the golden folders")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written instead of compared."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has a cache of its own: none sees what another, or the user, has judged or fetched before."""
    folder = tmp_path / "cache-of-the-user"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.delenv("MUSTER_INDEX", raising=False)
    return folder


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder to stand in, and no proxy: whoever runs the tests may be behind one, the tests are not."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "somewhere").mkdir()
    monkeypatch.chdir(tmp_path / "somewhere")


@pytest.fixture(scope="session")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two releases of a small mission record; who changes anything works on a copy."""
    from site_releases import shelf

    return shelf(tmp_path_factory.mktemp("two-releases"))


@pytest.fixture(scope="session")
def site_files(two_releases: Path) -> dict[str, bytes]:
    """Every file of the site of the second of them; what it gained in money has a page of its own."""
    from musterroll.site.model import changes
    from site_releases import rendered_with_releases

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changes, "APART", 1_100)
        return rendered_with_releases(two_releases)


@pytest.fixture(scope="session")
def site_pages(site_files: dict[str, bytes]) -> Pages:
    """Its pages, parsed."""
    from sites import Pages

    return Pages.of(site_files)
