"""The pictures in the README are charts of the site of the release 1.1.0.

After a change of a chart: `pytest tests/test_pictures.py --accept`, then look at them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib.testing.compare import compare_images

from musterroll.package.folder import Folder
from musterroll.release.content import read_content
from musterroll.site.charts.files import chart_files
from musterroll.site.pages.pictures import files_of_map, files_over_time
from musterroll.site.subject import Subject
from running import ROOT

_FOLDER = ROOT / "docs/pictures"
_MOST = 200_000  # bytes: the page must open at once, also on a telephone


@pytest.mark.slow
def test_the_pictures_of_the_readme_are_charts_of_the_site_and_small(accept: bool, tmp_path: Path) -> None:
    subject = Subject(read_content(Folder(ROOT / "releases/1.1.0")))
    over_time = files_over_time(subject, None)
    world = files_of_map(subject)
    assert over_time
    assert world
    charts = dict(chart_files([over_time, world]))

    assert {path.name for path in _FOLDER.iterdir()} == {"promised.png", "map.png"}
    for path in _FOLDER.iterdir():
        drawn = tmp_path / path.name
        drawn.write_bytes(charts[f"charts/{path.name}"])
        if accept:
            path.write_bytes(drawn.read_bytes())
        assert path.stat().st_size < _MOST
        assert f"docs/pictures/{path.name}" in (ROOT / "README.md").read_text()
        assert compare_images(str(path), str(drawn), tol=10) is None
