"""Changes as one page: self-contained, searchable, and no cell is ever markup."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from itertools import islice

from muster_cli.render.gathered import gather, group_of, in_words, title, words
from muster_cli.render.templates import template
from muster_cli.render.told import told
from muster_cli.render.visible import visible
from musterroll.changes.compatibility import Policy, bump_of, reason_of
from musterroll.changes.diff import Diff

_MOST = 5000  # rows that a browser can still search as one types


def render_html(diff: Diff, *, policy: Policy) -> str:
    """The page; of very long differences the first 5,000 changes, and it says so."""
    gathered = gather(diff, 0, policy)
    script = files("muster_cli.render.templates").joinpath("search.js").read_text(encoding="utf-8")
    total = sum(group.count for groups in gathered.tables.values() for group in groups.values())
    return template("changes.html.j2").render(
        title=title(diff),
        counts=", ".join(in_words(gathered.counts)),
        bump=gathered.bump,
        moved=[visible(text) for text in gathered.moved],
        total=total,
        left_out=max(0, total - _MOST),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        changes=[
            {
                "table": visible(change.table or "datapackage.json"),
                "kind": words(group_of(change), 1),
                "what": told(change),
                "bump": bump_of(change, policy),
                "why": reason_of(change),
            }
            for change in islice(diff.changes(), _MOST)
        ],
    )
