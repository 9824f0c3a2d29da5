"""Changes as JSON, for reports and for the feed that `apply` reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from musterroll.changes.change import Change
from musterroll.changes.compatibility import Policy, bump_of, reason_of
from musterroll.changes.intake import Side


def change_document(change: Change, policy: Policy = "consumer") -> dict[str, Any]:
    """One change with what it requires; properties that its kind does not have are left out."""
    document: dict[str, Any] = {"kind": change.kind, "table": change.table}
    if change.kind.startswith(("row_", "key_dup")):
        document["key"] = dict(change.key)
    if change.new_key is not None:
        document["new_key"] = dict(change.new_key)
    document |= {
        name: value for name, value in (("field", change.field), ("property", change.aspect)) if value is not None
    }
    if change.row is not None and not change.cells:
        document["row"] = dict(change.row)
    elif change.cells:
        document["cells"] = [
            {"field": cell.field, "old": cell.old, "new": cell.new, "nature": cell.nature} for cell in change.cells
        ]
    elif change.kind != "row_rekeyed":
        document |= {"old": change.old, "new": change.new}
    if change.suggested:
        document["suggested"] = True
    return {**document, "bump": bump_of(change, policy), "reason": reason_of(change)}


def release_document(side: Side) -> Mapping[str, str | None]:
    """Which release that is."""
    return {"name": side.package.name, "version": side.package.version}
