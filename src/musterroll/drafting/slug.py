"""Readable ids of sources: who published it and when, in small letters; words of the title if that is taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from itertools import count
from urllib.parse import urlsplit

from musterroll.drafting.id_form import id_form
from musterroll.package.table import Table

_LONGEST = 60
_WORDS = 4  # of a title


def gives_slugs(table: Table) -> bool:
    """Whether it is a table of documents, whose ids are made of what they are."""
    return len(table.schema.primary_key) == 1 and {"title", "publisher"} <= set(table.index) and id_form(table) is None


def slug_of(cells: Mapping[str, str], taken: Collection[str]) -> str | None:
    """A free id for a source with these cells; None if they hold nothing to make one of."""
    who = _plain(cells.get("publisher", "")) or _site(cells.get("url", ""))
    title = _plain(cells.get("title", "")).split("-")
    first = who or "-".join(title[:_WORDS])
    if not first:
        return None
    begin = "-".join(part for part in (first[:_LONGEST].strip("-"), _day(cells)) if part)
    longer = (f"{begin}-{'-'.join(title[:words])}" for words in range(1, len(title) + 1) if title[0])
    numbered = (f"{begin}-{number}" for number in count(2))
    for slug in (begin, *longer):
        if slug not in taken and len(slug) <= 2 * _LONGEST:
            return slug
    return next(slug for slug in numbered if slug not in taken)


def _day(cells: Mapping[str, str]) -> str:
    """The day of publication, as far as it is known: a day, or the part of it that both ends share."""
    earliest, latest = cells.get("published_earliest", ""), cells.get("published_latest", "")
    for length in (10, 7, 4):
        if earliest[:length] and earliest[:length] == latest[:length]:
            return earliest[:length]
    return ""


def _site(url: str) -> str:
    """The name of the site, without www and without its last part."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # a bracket that is not closed
        return ""
    return _plain(host.rpartition(".")[0] or host)


def _plain(text: str) -> str:
    """ASCII letters and digits, with single hyphens between words."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters.replace("'", "")).strip("-")
