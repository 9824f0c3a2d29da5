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
from musterroll.site.charts.world import has_shape, is_on_the_map, world
from musterroll.site.model import front
from musterroll.site.model.countries import meanings, standings
from musterroll.site.model.key import Key
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
    who, key = subject.names[country] if country else "all countries", key_of(subject, country)
    rings = " Rings: totals that were reported." if parts[2] else ""
    ends = "Promises end with the mission to which they were made, people stay. " if key.takeovers else ""
    return ChartFiles(
        name=f"promised-{country}" if country else "promised",
        title=f"People promised and people {inside}, {who}",
        notes=(
            f"Grey: {key.promised}. Blue: people {inside}{key.present}.{rings}",
            f"{ends}Arrivals are reported more often than departures. {_ranges(rows[-1])}".strip(),
            made_of(subject),
        ),
        specification=promised_and_present(*parts),
        explorable=by_day(promised_and_present(*parts, fade=3), rows, inside),
        hint=HINT,
        has_pixels=country is None,
    )


def key_of(subject: Subject, country: str | None) -> Key:
    """What the marks of the chart over time of a country, or of all, mean."""
    return Key(_steps(subject, country))


def has_reports(subject: Subject, country: str | None) -> bool:
    """Whether there are rings in that chart."""
    return bool(_reports(subject, country))


def files_of_map(subject: Subject) -> ChartFiles | None:
    """The map as files; None if no country of the record is on it."""
    if not _is_mapped(subject):
        return None
    host = subject.record.host
    outlined = f" Outlined: {host.name}." if is_outlined(subject) else ""
    return ChartFiles(
        name="map",
        title="Countries by what became of their part",
        notes=(
            f"Dark blue: people {host.inside}. Light blue: a promise stands, nobody there. Dark grey: promised once, "
            f"nothing stands. Light grey: no promise of people in this record.{outlined}",
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


def map_of(subject: Subject) -> Drawing | None:
    """The world, on which each country leads to its page; None if no country of the record is on it."""
    if not _is_mapped(subject):
        return None
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
    host = subject.record.host
    return any(code == host.code and has_shape(number) for code, number in _numbers(subject).items())


def _is_mapped(subject: Subject) -> bool:
    return any(map(is_on_the_map, _numbers(subject).values()))


def _world(subject: Subject) -> Spec:
    return world(standings(subject), _numbers(subject), subject.record.host.code)


def _numbers(subject: Subject) -> dict[str, str]:
    """The numeric codes of countries by their letters."""
    countries = subject.table("countries")
    return dict(zip(countries.column("country_code"), countries.column("m49"), strict=True))


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
