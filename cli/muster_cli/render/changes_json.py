"""Changes as one JSON document (`musterroll/changes/1`), written as it is read so that its size does not matter."""

from __future__ import annotations

import json
from collections.abc import Iterator

from musterroll.changes.compatibility import Policy, bump_of, greatest
from musterroll.changes.diff import Diff
from musterroll.changes.documents import change_document, release_document
from musterroll.changes.feed import FORMAT
from musterroll.changes.headline import with_headline


def render_json(diff: Diff, *, policy: Policy) -> Iterator[str]:
    """The document in pieces; the changes are gone through twice, since their counts come first."""
    bump = with_headline(diff, greatest({bump_of(change, policy) for change in diff.changes()}), policy)
    head = {
        "format": FORMAT,
        "old": release_document(diff.old),
        "new": release_document(diff.new),
        "required_bump": bump,
        "counts": diff.counts,
    }
    yield json.dumps(head, indent=2)[:-2] + ',\n  "changes": ['
    separator = "\n    "
    for change in diff.changes():
        yield separator + json.dumps(change_document(change, policy))
        separator = ",\n    "
    yield "]\n}\n" if separator == "\n    " else "\n  ]\n}\n"
