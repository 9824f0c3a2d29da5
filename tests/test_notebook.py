"""The notebook runs in a clone, says what its committed outputs say, and draws what `muster balance` counts.

After a change of its code: `pytest tests/test_notebook.py --accept`, then look at the picture.
"""

from __future__ import annotations

import base64
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from matplotlib.testing.compare import compare_images
from nbclient import NotebookClient
from nbformat import NotebookNode
from PIL import Image

from running import ROOT, muster

pytestmark = pytest.mark.slow
PATH = ROOT / "docs/notebooks/pledges_and_presence.ipynb"
RELEASE = ROOT / "releases/1.1.0"
_TEXTS = ("text/markdown", "text/plain")
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def test_a_run_says_and_draws_what_the_committed_notebook_does_and_leaves_files_for_a_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, accept: bool
) -> None:
    folder = surroundings(tmp_path)
    run = executed(folder, monkeypatch)
    if accept:
        nbformat.write(run, PATH)  # type: ignore[no-untyped-call]
    before = committed()

    assert list(texts(run)) == list(texts(before))
    assert before.metadata == _METADATA
    (tmp_path / "before.png").write_bytes(picture(before))
    (tmp_path / "after.png").write_bytes(picture(run))
    assert compare_images(str(tmp_path / "before.png"), str(tmp_path / "after.png"), tol=5) is None

    files = {path.suffix: path for path in (folder / "figures").iterdir()}
    pdf = files[".pdf"].read_bytes()
    assert sorted(files) == [".pdf", ".png", ".svg"]
    assert b"/Type3" not in pdf  # letters that are outlines cannot be searched or corrected
    assert b"CreationDate" not in pdf
    assert b"<dc:date>" not in files[".svg"].read_bytes()
    with Image.open(files[".png"]) as pixels:
        assert pixels.width == 3.5 * 300


def test_the_numbers_of_the_figure_are_those_of_the_balance() -> None:
    shown = numbers_shown(committed())

    assert len(shown) == 7
    for day, cells in shown.items():
        answer = json.loads(muster("balance", RELEASE, "--as-of", day, "--format", "json").stdout)
        (whole,) = (row for row in answer["rows"] if row["country_code"] is None)
        counted = [*ends(whole["pledged"]), whole["pledges_without_number"], *ends(whole["present"])]
        assert cells == [whole["mission_id"], *("&lt;NA&gt;" if value is None else str(value) for value in counted)]


def surroundings(folder: Path) -> Path:
    """What a clone has around the notebook; where it stands there, and leaves its files."""
    (folder / "releases").symlink_to(ROOT / "releases")
    found = folder / "docs/notebooks"
    found.mkdir(parents=True)
    return found


def executed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> NotebookNode:
    """The notebook as it comes out of a run by this interpreter, whatever kernels are installed."""
    specification = folder / "kernels/here/kernel.json"
    specification.parent.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "--log-level=ERROR", "-f", "{connection_file}"]
    specification.write_text(json.dumps({"argv": argv, "display_name": "here", "language": "python"}))
    for name in ("JUPYTER_PATH", "IPYTHONDIR", "MPLCONFIGDIR"):
        monkeypatch.setenv(name, str(folder))
    found = committed()
    where = {"metadata": {"path": str(folder)}}
    NotebookClient(found, kernel_name="here", resources=where, record_timing=False, timeout=300).execute()
    found.metadata = nbformat.from_dict(_METADATA)  # type: ignore[no-untyped-call]
    return found


def committed() -> NotebookNode:
    found: NotebookNode = nbformat.read(PATH, as_version=4)  # type: ignore[no-untyped-call]
    return found


def texts(notebook: NotebookNode) -> Iterator[list[str]]:
    """What each cell says: markdown where there is any, else plain text; of a picture only that it is one."""
    for cell in notebook.cells:
        outputs = [output for output in cell.get("outputs", []) if output.output_type != "stream"]
        assert len(outputs) == len(cell.get("outputs", [])), f"{cell.id} prints"
        yield [next(output.data[name] for name in _TEXTS if name in output.data) for output in outputs]


def numbers_shown(notebook: NotebookNode) -> dict[str, list[str]]:
    """The table behind the figure: what it says of each day."""
    (table,) = (html for html in htmls(notebook) if "present_best" in html)
    rows = [re.findall(r"<t[hd]>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)]
    return {day: cells for day, *cells in rows}


def htmls(notebook: NotebookNode) -> Iterator[str]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "text/html" in output.data:
                yield str(output.data["text/html"])


def picture(notebook: NotebookNode) -> bytes:
    (found,) = [
        output.data["image/png"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.data
    ]
    return base64.b64decode(found)


def ends(measure: dict[str, int | None]) -> list[int | None]:
    return [measure[end] for end in ("min", "best", "max")]
