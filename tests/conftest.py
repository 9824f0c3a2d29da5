"""Fixtures that every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest

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
    """Every test has a result cache of its own: none sees what another, or the user, has judged before."""
    folder = tmp_path / "cache-of-the-user"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder
