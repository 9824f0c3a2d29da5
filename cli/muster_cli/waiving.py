"""From a finding to the row of `waivers` that accepts it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from musterroll.drafting.unfit import Unfit

if TYPE_CHECKING:
    from muster_validators import Finding
    from musterroll.package.folder import Folder


def cells_of_finding(package: Path, fingerprint: str) -> list[tuple[str, str]]:
    """Columns of `waivers` and what they say of the finding with that fingerprint, as `muster validate` makes it.

    Raises `Unfit` if there is none, or nobody can waive it.
    """
    from muster_validators.catalogues import WAIVABLE
    from muster_validators.waivers import row_id_of
    from musterroll.package.opening import find_folder, require_package

    folder = find_folder(package)
    finding = next((item for item in _findings(folder) if item.fingerprint == fingerprint), None)
    if finding is None:
        hint = "One that --against brings is named with --set check_id=… and --set fingerprint=…"
        raise Unfit(f"muster validate makes no finding with the fingerprint {fingerprint}. {hint}")
    if finding.check not in WAIVABLE:
        raise Unfit(f"{finding.check} is a check whose findings nobody can waive")
    cells = [("check_id", finding.check), ("fingerprint", fingerprint)]
    if finding.table and require_package(folder).resource(finding.table):  # a derived one has no rows to name
        cells += [("table_name", finding.table), ("row_id", row_id_of(finding))]
    return [(name, text) for name, text in cells if text]


def _findings(folder: Folder) -> Iterator[Finding]:
    from muster_cli.arguments import LAYERS
    from muster_cli.cache import judged_or_cached
    from muster_validators import validate

    report, _ = judged_or_cached(lambda: validate(folder), folder, None, LAYERS)
    yield from report
