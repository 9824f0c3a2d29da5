"""The charts as the pages show them: each with a title and a description in words."""

from __future__ import annotations

from musterroll.record.balance import BalanceRow
from musterroll.record.rows import Strength
from musterroll.release.changelog.words import day_in_words
from musterroll.site.addresses import of_country
from musterroll.site.charts.drawing import Drawing, drawn
from musterroll.site.charts.explorable import HINT, by_day
from musterroll.site.charts.files import ChartFiles
from musterroll.site.charts.layers import Spec
from musterroll.site.charts.promised import WIDE, Report, Size, promised_and_present
from musterroll.site.charts.world import has_shape, world
from musterroll.site.model import front
from musterroll.site.model.countries import meanings, standings
from musterroll.site.model.words import in_words
from musterroll.site.subject import Subject


def over_time(subject: Subject, country: str | None, name: str, size: Size) -> Drawing | None:
    """Promised and present of a country, or of all; None if there never was a number to draw."""
    rows = _steps(subject, country)
    if not rows:
        return None
    last, who = rows[-1], subject.names[country] if country else "all countries"
    inside = subject.record.host.inside
    text = (
        f"Two step lines from {day_in_words(rows[0].as_of)} to {day_in_words(last.as_of)}. At the end people promised: "
        f"{in_words(last.pledged)}; people {inside}: {in_words(last.present)}. The table below has every step."
    )
    chart = promised_and_present(rows, front.marks(subject), _reports(subject, country), size, inside)
    return drawn(chart, name, f"People promised and people {inside} over time, {who}", text)


def files_over_time(subject: Subject, country: str | None) -> ChartFiles | None:
    """The same chart as files, with what it cannot tell; None if there never was a number to draw."""
    rows = _steps(subject, country)
    if not rows:
        return None
    inside = subject.record.host.inside
    parts = rows, front.marks(subject), _reports(subject, country), WIDE, inside
    who = subject.names[country] if country else "all countries"
    return ChartFiles(
        name=f"promised-{country}" if country else "promised",
        title=f"People promised and people {inside}, {who}",
        notes=(
            "Grey: people promised, at least; where it fades, nobody said how many more. "
            f"Blue: people {inside}, with the range that sources allow. Rings: totals that were reported.",
            "Promises end with the mission to which they were made, people stay. Arrivals are reported more often "
            f"than departures. {_ranges(rows[-1])}".strip(),
            made_of(subject),
        ),
        specification=promised_and_present(*parts),
        explorable=by_day(promised_and_present(*parts, fade=3), rows, inside),
        hint=HINT,
        has_pixels=country is None,
    )


def files_of_map(subject: Subject) -> ChartFiles:
    """The map as files."""
    host = subject.record.host
    outlined = f" Outlined: {host.name}." if is_outlined(subject) else ""
    return ChartFiles(
        name="map",
        title="Countries by what became of their part",
        notes=(
            f"Dark blue: people {host.inside}. Light blue: a promise stands, nobody there. Dark grey: promised once, "
            f"nothing stands. Light grey: nothing promised.{outlined}",
            "Shapes: Natural Earth; countries too small for this map are points. The map claims nothing about borders.",
            made_of(subject),
        ),
        specification=_world(subject),
        has_pixels=True,
    )


def made_of(subject: Subject) -> str:
    """Of which data a picture was made, up to which day, and under which licence."""
    described = subject.described
    licence = f" Licence of the data: {described.licence.name}." if described.licence else ""
    version = f" {subject.version}" if subject.version else ""
    return f"Data: {described.name}{version}, complete up to {day_in_words(subject.day)}.{licence}"


def _ranges(row: BalanceRow) -> str:
    reasons = front.reasons(row)
    return f"The numbers are ranges because {'; '.join(reasons)}." if reasons else ""


def _steps(subject: Subject, country: str | None) -> list[BalanceRow]:
    """The steps of the chart; none if there never was a number to draw."""
    rows = front.changes(subject, country)
    has_number = any(row.present.max != 0 or (row.pledged and (row.pledged.min or row.pledged.max)) for row in rows)
    return rows if has_number else []


def map_of(subject: Subject) -> Drawing:
    """The world, on which each country leads to its page."""
    found, told = standings(subject), meanings(subject)
    labels = {code: (f"{subject.names[code]}: {told[found[code]]}", of_country(code)) for code in found}
    text = "; ".join(
        f"{meaning}: {', '.join(subject.names[code] for code in found if found[code] == standing) or 'none'}"
        for standing, meaning in told.items()
        if standing != "named"
    )
    return drawn(_world(subject), "map", "Map of the world by what became of each country’s part", text, labels)


def is_outlined(subject: Subject) -> bool:
    """Whether the map shows which country is that of the mission: it must be in the record and have a shape."""
    countries, host = subject.table("countries"), subject.record.host
    pairs = zip(countries.column("country_code"), countries.column("m49"), strict=True)
    return any(code == host.code and has_shape(number) for code, number in pairs)


def _world(subject: Subject) -> Spec:
    countries = subject.table("countries")
    numbers = dict(zip(countries.column("country_code"), countries.column("m49"), strict=True))
    return world(standings(subject), numbers, subject.record.host.code)


def _reports(subject: Subject, country: str | None) -> list[Report]:
    """Totals of people present as they were reported, at the first day that they may be about."""
    found = (
        _report(stock) for stock in subject.record.strengths if stock.country == country and stock.measure == "present"
    )
    return [report for report in found if report and report.day <= subject.day]


def _report(stock: Strength) -> Report | None:
    """A report with a number of its own; one that says "more than" has none to draw a ring at."""
    number = stock.personnel.best
    return Report(stock.as_of.earliest, number) if stock.as_of.earliest and number is not None else None
