"""New rows of a record in words: who promised, who came, what happened, on which day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from musterroll.record.profile import SPELLINGS
from musterroll.record.spoken import GIVEN, RECIPIENTS
from musterroll.release.changelog.markdown import ID, inert
from musterroll.release.changelog.promised import commitment, condition
from musterroll.release.changelog.subject import Subject
from musterroll.release.changelog.words import Row, id_in, number_in, people_in, when_in


@dataclass(frozen=True)
class Kind:
    """Rows of one table: under which heading they are told, and how."""

    table: str
    heading: str
    told: Callable[[Subject, Row], str]


def _mission(_: Subject, row: Row) -> str:
    until = row.get("authorised_until")
    ends = f" until {inert(until)}" if until else ""
    begins = inert(row.get("authorised_from", ""))
    return f"**{inert(row.get('mission_id', ''), ID)}**: {inert(row.get('name', ''))}, authorised from {begins}{ends}."


def _movement(subject: Subject, row: Row) -> str:
    people, place = people_in(row), row.get("place", "")
    inside, outside = _places(subject).get(place, (f"at {inert(place)}", inert(place)))
    act = _MOVEMENTS.get(row.get("movement", ""), "{people} moved {inside}")
    told = act.format(people=people, inside=inside, outside=outside)
    country = subject.country(row.get("country_code"))
    return f"**{country}**: {told} {when_in(row, 'date')} ({id_in(row, 'deployment_id')})."


def _places(subject: Subject) -> Mapping[str, tuple[str, str]]:
    """Where people are, and what they leave, by the code of the place."""
    here = (subject.inside, subject.host)
    return {
        **dict.fromkeys(SPELLINGS["deployments", "place"], here),
        "offshore": (f"on ships off {subject.host}", f"the ships off {subject.host}"),
        "training_abroad": ("in training abroad", "the training abroad"),
    }


_MOVEMENTS = {
    "arrival": "{people} arrived {inside}",
    "departure": "{people} left {outside}",
    "rotation_in": "{people} arrived {inside} and relieved as many",
    "rotation_out": "{people} left {outside}, relieved by as many",
    "death": "{people} died {inside}",
    "unreported_out": "{people} must have left {outside}, although nobody reported it,",
    "all_out": "everybody left {outside}",
}


def _strength(subject: Subject, row: Row) -> str:
    whose = subject.country(row["country_code"]) if row.get("country_code") else "All countries"
    measure = _MEASURES.get(row.get("measure", ""), "reported").replace("{inside}", subject.inside)
    number = number_in(row, "personnel")
    people = "an unstated number of people" if number == "?" else f"{number} people"
    return f"**{whose}**: {people} {measure} {when_in(row, 'as_of')} ({id_in(row, 'strength_id')})."


_MEASURES = {
    "present": "reported {inside}",
    "cumulative": "reported to have come so far",
    "pledged": "reported as promised",
    "planned": "planned or needed",
}


def _contribution(subject: Subject, row: Row) -> str:
    giver = subject.country(row["country_code"]) if row.get("country_code") else "The fund as a whole"
    act = GIVEN.get(row.get("status", ""), "for")
    to = RECIPIENTS.get(row.get("recipient", ""), "others")
    what = _what(row)
    return f"**{giver}**: {what} {act} {to} {when_in(row, 'date')} ({id_in(row, 'contribution_id')})."


def _what(row: Row) -> str:
    number = number_in(row, "amount")
    if row.get("kind") == "money":
        return "money of an unstated amount," if number == "?" else f"{inert(row.get('currency', ''), ID)} {number}"
    if row.get("item"):
        return f"{'an unstated number of' if number == '?' else number} {inert(row['item'])}"
    return inert(row.get("kind", ""))


def _event(_: Subject, row: Row) -> str:
    happened = when_in(row, "date")
    told = inert(row.get("description", "")).removesuffix(".")
    return f"{happened[:1].upper()}{happened[1:]}: {told} ({id_in(row, 'event_id')})."


KINDS = (
    Kind("missions", "Missions", _mission),
    Kind("commitments", "New pledges, and what became of others", commitment),
    Kind("conditions", "Conditions of pledges", condition),
    Kind("deployments", "People who came and left", _movement),
    Kind("strengths", "Reported strengths", _strength),
    Kind("contributions", "Money, equipment, training and logistics", _contribution),
    Kind("events", "Events", _event),
)
