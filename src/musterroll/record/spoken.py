"""Codes of the profile as people say them, wherever a sentence is made of a row."""

from __future__ import annotations

from collections.abc import Mapping

# Why a number is a range.
WHY: Mapping[str, str] = {
    "balancing": "some departures that nobody reported follow only from later strengths",
    "dates": "the day of some movements is not known exactly",
    "disputed": "credible sources differ about some numbers",
    "vague": "sources give some numbers only as a bound, roughly, or not at all",
}
# What was done with money or equipment, and for whom: "USD 100,000,000 promised to the trust fund".
GIVEN: Mapping[str, str] = {
    "pledged": "promised to",
    "authorised": "authorised for",
    "deposited": "paid to",
    "delivered": "handed over to",
    "disbursed": "spent on",
    "frozen": "held back from",
    "target": "needed by",
}
RECIPIENTS: Mapping[str, str] = {
    "trust_fund": "the trust fund",
    "mission": "the mission",
    "national_police": "the national police",
    "haitian_police": "the Haitian police",
    "mission_and_police": "the mission and the police together",
    "other": "others",
}
