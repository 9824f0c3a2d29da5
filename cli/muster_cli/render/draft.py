"""What `muster new` wrote or would write: the lines that go and come, and what is still to be filled in."""

from __future__ import annotations

from collections.abc import Iterator

from muster_cli.render.visible import visible
from musterroll.drafting.draft import Blank, Draft

_LONGEST = 1000  # characters of a line
_MEANS_EMPTY = "Empty: "


def render_draft(draft: Draft) -> str:
    """Lines by file, each with its number, then what is left empty and what the user should know."""
    return "".join(f"{line}\n" for line in (*_changes(draft), *_blanks(draft), *map(_remark, draft.remarks)))


def _changes(draft: Draft) -> Iterator[str]:
    for edit in draft.edits:
        yield visible(edit.table.file)
        for sign, line, text in edit.shown():
            yield f"{sign} {line:>5}  {visible(text, _LONGEST)}"
    yield "datapackage.json"
    yield f"{'*':<9}hash and bytes of {'these files' if len(draft.edits) > 1 else 'this file'}"


def _blanks(draft: Draft) -> Iterator[str]:
    for is_required, title in ((True, "to be filled in:"), (False, "left empty, which says:")):
        found = [blank for blank in draft.blanks if blank.is_required is is_required]
        if found:
            yield ""
            yield title
            yield from map(_blank, found)


def _blank(blank: Blank) -> str:
    of = f" ({', '.join(blank.ids)})" if blank.is_required else ""
    meaning = blank.meaning if blank.is_required else _when_empty(blank.meaning)
    codes = f" One of {', '.join(blank.codes)}." if blank.is_required and blank.codes else ""
    return visible(f"  {blank.table}.{blank.column}{of}: {meaning}{codes}".rstrip(": "), _LONGEST)


def _when_empty(meaning: str) -> str:
    """The sentence that says what an empty cell means, if the description has one."""
    _, _, empty = meaning.partition(_MEANS_EMPTY)
    return empty.partition(". ")[0].rstrip(".") + "." if empty else meaning


def _remark(remark: str) -> str:
    return f"\nmuster: {visible(remark, _LONGEST)}"
