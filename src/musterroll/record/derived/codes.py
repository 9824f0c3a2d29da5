"""Codes and phrases that several derived tables share."""

from __future__ import annotations

VERDICTS = {
    "holds": "no more people are deployed than were promised",
    "violated": "more people are deployed than were ever promised, whatever the ranges turn out to be",
    "possibly_violated": "more people may be deployed than were promised",
    "unknown": "the pledges give no number to compare with",
}
AGREEMENTS = {
    "holds": "the report fits the movements",
    "violated": "more are reported than can have been there: an arrival is missing",
    "possibly_violated": "fewer are reported than must have been there: departures are missing",
    "unknown": "the report gives no number",
}
QUALIFIERS = {
    "exact": "one number",
    "about": "an approximate number: only best is filled",
    "at_least": "a floor that may itself be the number: only min is filled",
    "more_than": "a floor that is exceeded: only min is filled, with that number plus one",
    "up_to": "a ceiling that may itself be the number: only max is filled",
    "fewer_than": "a ceiling that is not reached: only max is filled, with that number minus one",
    "between": "a range: min and max are filled",
    "disputed": "sources differ: best follows the preferred one, min and max span all credible ones",
    "unspecified": "no number",
}
WHY = (
    "Why there is a range, as words with a space between: disputed (sources differ), vague (a source gives no exact "
    "number), dates (it is not sure that something had happened yet), balancing (departures that nobody reported were "
    "inferred from a later stock). Empty: no number that adds up is uncertain."
)
