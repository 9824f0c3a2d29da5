"""Who promised, paid and delivered what."""

from __future__ import annotations

from collections.abc import Iterator

from musterroll.site.addresses import FUNDING
from musterroll.site.charts.drawing import Drawing, drawn
from musterroll.site.charts.files import ChartFiles
from musterroll.site.charts.money import Amount, by_giver
from musterroll.site.charts.promised import Size
from musterroll.site.model import funding
from musterroll.site.model.words import code_in_words
from musterroll.site.pages.page import Entry, Page
from musterroll.site.pages.pictures import made_of
from musterroll.site.subject import Subject

ENTRY = Entry(FUNDING, "Funding")
_TITLE = "Money promised, authorised and paid, by giver and recipient"
_WIDE, _NARROW = Size(600, 0, 14), Size(165, 0, 12)


def pages(subject: Subject) -> Iterator[Page]:
    """The one page."""
    currencies = funding.currencies(subject)
    shows = {
        "currencies": currencies,
        "in_kind": funding.in_kind(subject),
        "totals": funding.totals(subject),
        "paid": funding.paid_in(subject),
        "behind": funding.behind(subject),
        "recipients": funding.RECIPIENTS,
        "names": subject.names,
        "wide": _chart(subject, currencies, "money", _WIDE),
        "narrow": _chart(subject, currencies, "money-narrow", _NARROW),
    }
    yield Page(FUNDING, "Funding", "funding", shows, FUNDING, charts=tuple(_files(subject, currencies)))


def _chart(subject: Subject, currencies: list[funding.Currency], name: str, size: Size) -> Drawing | None:
    """The picture; None if no money has a number."""
    amounts = _amounts(subject, currencies, size)
    if not amounts:
        return None
    text = (
        f"Marks with ranges for {len(amounts)} amounts of money, a panel for each currency: "
        f"{', '.join(dict.fromkeys(amount.currency or 'not named' for amount in amounts))}. The tables below have each."
    )
    return drawn(by_giver(amounts, size), name, _TITLE, text)


def _files(subject: Subject, currencies: list[funding.Currency]) -> Iterator[ChartFiles]:
    if amounts := _amounts(subject, currencies, _WIDE):
        notes = (
            "Grey ring: promised. Grey diamond: authorised. Blue disc: paid in or delivered. Blue square: spent. "
            "Line: the range that sources allow; dotted where nobody gave its end.",
            "One sum can be promised, authorised, paid in and spent: never add marks of different kinds. Each currency "
            "has its own scale. Parts of a larger amount, in money or in kind, are not drawn, nor amounts without a "
            "number.",
            made_of(subject),
        )
        chart = by_giver(amounts, _WIDE)
        yield ChartFiles("money", _TITLE, notes, chart, chart, has_pixels=True)


def _amounts(subject: Subject, currencies: list[funding.Currency], size: Size) -> list[Amount]:
    """Money with a number, by giver and recipient."""
    return [
        Amount(_who(subject, gift, size), gift.status, each.code, gift.amount, _told(each.code, gift))
        for each in currencies
        for gift in sorted(each.gifts, key=lambda gift: (subject.names.get(gift.giver, gift.giver), gift.recipient))
        if gift.is_added and gift.number != "?"
    ]


def _who(subject: Subject, gift: funding.Gift, size: Size) -> str:
    """Giver and recipient: the recipient by its code where there is little room."""
    giver, code = subject.names.get(gift.giver, gift.giver), code_in_words(gift.recipient)
    return f"{giver} → {code if size.is_narrow else funding.RECIPIENTS.get(gift.recipient, code)}"


def _told(currency: str, gift: funding.Gift) -> str:
    return f"{funding.STATUSES.get(gift.status, gift.status)}: {currency} {gift.number}"
