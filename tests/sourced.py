"""Countries, events, sources and what these say, written down in a test as briefly as they are thought of."""

from __future__ import annotations

from records import Row


def country(code: str, name: str = "") -> Row:
    """A row of countries."""
    return "countries", {"country_code": code, "kind": "state", "name_en": name or code}


def source(id: str, published: str = "") -> Row:
    """A source, undated unless told otherwise; `2024-07-01/2024-07-07` if its day is not known."""
    return "sources", {"source_id": id, **_window("published", published)}


def says(
    source: str,
    table: str,
    row_id: str,
    value: str = "",
    *,
    field: str = "",
    revision: str = "",
    stance: str = "supports",
    rank: str = "normal",
) -> Row:
    """Evidence: what a source says of a row or of one of its fields."""
    return "evidence", {
        "table_name": table,
        "row_id": row_id,
        "revision": revision,
        "field": field,
        "source_id": source,
        "locator": "par. 1",
        "value_asserted": value,
        "stance": stance,
        "rank": rank,
    }


def event(id: str, when: str, kind: str = "meeting") -> Row:
    """Something that happened."""
    return "events", {"event_id": id, "kind": kind, **_window("date", when)}


def party(event: str, country: str) -> Row:
    """A country that took part in an event."""
    return "event_countries", {"event_id": event, "country_code": country, "role": "host"}


def _window(stem: str, text: str) -> dict[str, str]:
    earliest, slash, latest = text.partition("/")
    return {f"{stem}_earliest": earliest, f"{stem}_latest": latest if slash else earliest}
