"""What docs/how-to/load.md says of R; everything else of the page is run by test_pages.py."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from pages import blocks
from running import ROOT


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r_reads_the_csv() -> None:
    (script,) = [
        block.text for block in blocks("docs/how-to/load.md") if block.language == "r" and block.not_run is None
    ]
    done = subprocess.run(
        ["Rscript", "--vanilla", "-e", script], capture_output=True, text=True, check=True, cwd=ROOT
    )  # fmt: skip

    assert re.search(r"KEN +991", done.stdout)
