"""Every description of a release: none is forgotten, all have one form, and they depend on the package alone."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from golden import build_base
from metadata_of import content_of, described, imagined
from musterroll.release import metadata
from musterroll.release.metadata import METADATA
from running import ROOT

_SCRIPT = """
import hashlib, sys
from pathlib import Path
from metadata_of import content_of, imagined
from musterroll.release.metadata import METADATA
content = content_of(Path(sys.argv[1]))
for item in METADATA:
    print(item.PATH, hashlib.sha256(item.render(content, imagined(content)).encode()).hexdigest())
"""


def test_every_module_with_a_path_is_in_the_list_and_the_crate_that_lists_files_is_last() -> None:
    folder = Path(str(metadata.__file__)).parent
    written = {path.stem for path in folder.glob("*.py") if "\nPATH = " in path.read_text()}

    assert {item.__name__.rpartition(".")[2] for item in METADATA} == written  # type: ignore[attr-defined]
    assert METADATA[-1].PATH == "ro-crate-metadata.json"
    assert len({item.PATH for item in METADATA}) == len(METADATA)
    assert all(item.TITLE and "/" in item.MEDIATYPE for item in METADATA)


@pytest.mark.parametrize("package", ["plain", "ferries", "mission", "record"])
def test_files_end_in_one_newline_and_json_is_indented_by_two(package: str, tmp_path: Path) -> None:
    source = ROOT if package == "record" else build_base(package, tmp_path / package)

    _, texts = described(source, tmp_path / "release")

    for path, text in texts.items():
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        assert "\r" not in text
        if path not in {"CITATION.cff", "codebook.md"}:
            value = json.loads(text)
            unescaped = text.replace("\\u003c", "<").replace("\\u003e", ">").replace("\\u0026", "&")
            assert unescaped == json.dumps(value, indent=2, ensure_ascii=False).replace("\u00a0", "\\u00a0") + "\n"


def test_no_hash_seed_locale_or_time_zone_changes_a_byte() -> None:
    content = content_of(ROOT)
    here = [
        f"{item.PATH} {hashlib.sha256(item.render(content, imagined(content)).encode()).hexdigest()}"
        for item in METADATA
    ]

    for seed, zone in (("0", "UTC"), ("1", "Asia/Tokyo"), ("4242", "America/Port-au-Prince")):
        told = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "PYTHONPATH": str(ROOT / "tests")}
        command = [sys.executable, "-c", _SCRIPT, str(ROOT)]
        done = subprocess.run(command, env={**os.environ, **told}, capture_output=True, text=True, check=True)
        assert done.stdout.splitlines() == here
