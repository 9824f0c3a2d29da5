"""Pairs of releases, each beside the changelog that must come of it: `tests/changelogs/<case>/CHANGELOG.md`.

A case is a function here: it edits copies of a base package, the release before
and the new one, or the new one alone where there is none before. `pytest
--accept` writes what comes of it; read it as a reader would before you commit it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from changelog_of import HOSTILE, changelog
from edits import append, describe, quoted, replace_text, reschema
from golden import HERE, build_base
from musterroll import __version__
from running import copy_of_record, replace

GOLDEN = HERE / "changelogs"


def rendered(case: str, folder: Path) -> str:
    """The changelog of a case; the toolkit's version, which changes, is taken out."""
    base, edit, before = CASES[case].base, CASES[case].edit, CASES[case].before
    old = None if before is None else _base(base, folder / "old", "1.0.0")
    new = _base(base, folder / "new", "1.0.0" if before is None else "1.1.0")
    if old is not None and before is not None:
        before(old)
    edit(new)
    return changelog(old, new, folder / "stage").replace(f"musterroll {__version__}.", "musterroll VERSION.")


def _base(name: str, target: Path, version: str) -> Path:
    package = copy_of_record(target) if name == "record" else build_base(name, target)
    describe(package, version=version, release=None)
    return package


def _nothing(_: Path) -> None:
    pass


def _arrival(package: Path) -> None:
    """The record goes on: people come, one dies, a pledge gets its number, money is paid."""
    describe(package, horizon="2025-02-10")
    append(package, "countries", "SLV,state,SV,222,El Salvador,El Salvador,El Salvador,,,")
    append(
        package,
        "deployments",
        "D-0003,MSS,JAM,arrival,mixed,24,24,24,exact,2024-09-12,2024-09-12,in_haiti,C-0003,",
        "D-0004,MSS,KEN,arrival,police,217,217,217,exact,2025-01-18,2025-01-18,in_haiti,C-0001,",
        "D-0005,MSS,KEN,death,police,1,1,1,exact,2025-02-08,,in_haiti,C-0001,",
    )
    append(
        package,
        "commitments",
        "C-0003,2,MSS,JAM,approved,military,200,200,200,exact,2024-09-01,2024-09-10,Ministers,true,,world_changed,",
        "C-0018,1,MSS,SLV,pledged,medical,78,78,78,exact,2024-10-17,2024-10-17,The president,true,,new,",
    )
    append(
        package,
        "contributions",
        "M-0007,MSS,CAN,money,trust_fund,deposited,8700000,8700000,8700000,exact,USD,,2024-04-01,2024-04-30,true,,",
        "M-0008,MSS,USA,money,trust_fund,deposited,15000000,15000000,15000000,exact,USD,,2024-12-09,2024-12-20,true,,",
    )
    append(package, "events", "E-0058,vote,2024-10-18,2024-10-18,,A parliament voted.")


def _raised_pledge(package: Path) -> None:
    append(
        package,
        "commitments",
        "C-0003,2,MSS,BLZ,pledged,military,60,,80,between,2024-11-02,2024-11-30,Ministers,true,,world_changed,",
        "C-0006,2,GSF,KEN,pledged,police,700,700,700,exact,2025-11-03,2025-11-03,Ministers,true,,source_corrected,",
        "C-0007,1,MSS,JAM,declined,medical,,,,unspecified,2024-01-05,2024-01-05,Ministers,false,,new,",
    )
    append(package, "conditions", "K-0005,C-0006,2,parliament,open,,,The parliament has to agree")
    append(package, "strengths", "S-0005,MSS,,present,,640,,about,2025-01-31,2025-01-31,")


def _corrections(package: Path) -> None:
    edits = {
        "deployments": [("D-0002,MSS,KEN,arrival,police,200,200,200", "D-0002,MSS,KEN,arrival,police,196,200,217")],
        "events": [("E-0002,attack,2024-10-03,2024-10-03", "E-0002,attack,2024-10-02,2024-10-03")],
        "conditions": [("K-0004,C-0005,1,funding,open,,", "K-0004,C-0005,1,funding,met,2024-12-01,2024-12-31")],
        "event_figures": [("F-0003,E-0002,killed,70,,,at_least", "F-0003,E-0002,killed,115,,,at_least")],
        "commitments": [("BHS,pledged,military,150,150,150", "BHS,approved,military,150,150,150")],
        "contributions": [("2,2,2,exact,,patrol boats", "3,3,3,exact,,patrol boats")],
        "sources": [("2025-12-20,2025-12-20,fr", "2025-12-20,2025-12-20,en")],
        "strengths": [("S-0003,MSS,,planned,2500,2500,2500,exact,2023-11-16,2023-11-16,\n", "")],
    }
    for table, pairs in edits.items():
        for old, new in pairs:
            replace(package, f"data/{table}.csv", old, new)
    replace(package, "data/deployments.csv", "196,200,217,exact", "196,200,217,disputed")
    replace(package, "data/deployments.csv", "The ship went home.", "The ship sailed home.")
    replace(package, "data/countries.csv", "BHS,state,BS,044,Bahamas,", "BHS,state,BS,044,The Bahamas,")
    append(package, "strengths", "S-0005,MSS,KEN,planned,1000,1000,1000,exact,2024-01-10,2024-01-10,")
    append(
        package,
        "errata",
        "X-0002,deployments,D-0002,personnel,,,we_were_wrong,1.0.0,1.1.0,A second report was overlooked.",
        "X-0003,events,E-0002,date_earliest,2024-10-03,2024-10-02,source_changed,1.0.0,1.1.0,",
        "X-0004,conditions,K-0004,,,,world_changed,1.0.0,1.1.0,",
        "X-0005,event_figures,F-0003,figure,,,source_changed,1.0.0,1.1.0,The toll was raised.",
        "X-0006,commitments,C-0004/1,status,pledged,approved,we_were_wrong,1.0.0,1.1.0,",
        "X-0007,sources,gazette-2025-12-20,language,fr,en,we_were_wrong,1.0.0,1.1.0,",
        "X-0008,strengths,S-0003,,,,we_were_wrong,1.0.0,1.1.0,The plan was never one.",
        "X-0009,strengths,S-0005,,,,we_were_wrong,1.0.0,1.1.0,It had been overlooked.",
        "X-0010,deployments,D-0009,note,,,we_were_wrong,1.0.0,1.1.0,",
    )


def _retired(package: Path) -> None:
    replace(package, "data/deployments.csv", "D-0007,MSS,KEN,rotation_in", "D-0010,MSS,KEN,rotation_in")
    replace(package, "data/strengths.csv", "S-0004,MSS,KEN,present,,380,,about,2025-03-10,2025-03-10,\n", "")
    replace(
        package,
        "data/evidence.csv",
        "V-0064,contributions,M-0002,,date,gazette-2025-03-15,par. 2,2024-11-30,supports,preferred,\n",
        "",
    )
    append(package, "retired_ids", "D-0007,deployments,1.1.0,D-0010,It was entered under a number that was taken.")


def _in_the_time_of_the_first_mission(package: Path) -> None:
    describe(package, horizon="2025-09-30")


def _mandate(package: Path) -> None:
    append(
        package,
        "deployments",
        "D-0010,GSF,JAM,arrival,military,150,150,150,exact,2025-11-01,2025-11-01,in_haiti,,",
        "D-0011,GSF,KEN,unreported_out,police,80,,,at_least,2025-03-01,2025-11-30,in_haiti,,",
        "D-0012,GSF,BLZ,all_out,military,,,,unspecified,2025-12-01,2025-12-31,in_haiti,,",
    )


def _schema(package: Path) -> None:
    def of_events(schema: dict[str, Any]) -> None:
        kind = next(field for field in schema["fields"] if field["name"] == "kind")
        kind["categories"].append({"value": "ceremony", "label": "ceremony"})
        kind["categories"] = [item for item in kind["categories"] if item["value"] != "other"]
        kind["description"] = "What happened."
        schema["fields"].append({"name": "weight", "type": "integer"})

    reschema(package, "events", of_events)
    lines = (package / "data/events.csv").read_text().splitlines()
    (package / "data/events.csv").write_text(
        "\n".join([f"{lines[0]},weight", *(f"{line}," for line in lines[1:])]) + "\n"
    )
    reschema(package, "missions", lambda schema: schema.pop("primaryKey"))
    describe(
        package,
        conformsTo="mission-record/0.1.7",
        licenses=[{"name": "CC0-1.0"}],
        title="The small record",
        version="2.0.0",
        created="2026-03-01T00:00:00Z",
        release={"briefly": "New codes for events.", "version": "2.0.0"},
    )


def _problems(package: Path) -> None:
    describe(
        package,
        versionReason="The next number is promised to somebody.",
        version="1.2.0",
        release={
            "version": "1.2.0",
            "briefly": "Belize's contingent is larger than we thought. Nothing else moved.",
            "explained": {"totals-moved": "A second report on Belize.", "change-share": "One table has few rows."},
            "knownProblems": ["Departures by sea are not searched for systematically."],
        },
    )
    append(
        package,
        "deployments",
        "D-0010,MSS,BLZ,arrival,military,10,20,60,disputed,2025-01-10,2025-01-12,in_haiti,C-0003,",
        "D-0011,MSS,BHS,arrival,military,700,700,700,exact,2025-02-04,2025-02-04,in_haiti,C-0004,",
        "D-0012,MSS,BHS,arrival,military,151,151,151,exact,2025-03-04,2025-03-04,in_haiti,C-0004,",
    )
    append(
        package, "evidence", "V-0090,deployments,D-0011,,,gazette-2025-03-15,par. 9,700,supports,deprecated,One report."
    )
    append(
        package,
        "waivers",
        "W-0001,source-after-event,deployments,D-0002,0123456789ab,The gazette is early.,gazette-2024-07-20,2026-12-31",
        "W-0002,source-after-event,deployments,D-0003,0123456789ac,It has expired.,gazette-2024-07-20,2025-12-31",
    )


def _hostile(package: Path) -> None:
    text = quoted(HOSTILE)
    replace(package, "data/countries.csv", "BLZ,state,BZ,084,Belize,", f"BLZ,state,BZ,084,{text},")
    replace(package, "data/deployments.csv", "D-0002,MSS,KEN,arrival,police,200", "D-0002,MSS,KEN,arrival,police,199")
    replace(package, "data/events.csv", "A town in the Artibonite", text)
    append(package, "events", f"E-0003,other,2025-01-01,2025-01-01,,{text}")
    append(package, "commitments", "C-0007,1,MSS,BLZ,pledged,medical,9,9,9,exact,2024-01-05,2024-01-05,X,true,,new,")
    append(
        package, "contributions", f"M-0005,MSS,BLZ,equipment,mission,delivered,1,1,1,exact,,{text},2024-01-05,,true,,"
    )
    append(package, "contributions", f"M-0006,MSS,BLZ,money,mission,deposited,1,1,1,exact,{text},,2024-01-05,,true,,")
    append(package, "errata", f"X-0002,deployments,D-0002,personnel,,,we_were_wrong,1.0.0,1.1.0,{text}")
    append(package, "retired_ids", f"M-0004,contributions,1.1.0,{text},{text}")
    append(package, "waivers", f"W-0001,{text},deployments,{text},0123456789ab,{text},gazette-2024-07-20,2026-12-31")
    describe(
        package,
        title=HOSTILE,
        licenses=[{"name": HOSTILE}],
        release={"briefly": HOSTILE, "explained": {"totals-moved": HOSTILE}, "knownProblems": [HOSTILE]},
    )


def _foreign(package: Path) -> None:
    replace_text(package, "data/people.csv", "3,CAP,Rose,,,a\n", "3,CAP,Rosa,,nurse,a\n4,PAP,Paul,,,\n")
    replace_text(
        package, "data/places.csv", "name,area\nCAP,Cap-Haïtien,53.5", "name,area,department\nCAP,Okap,53.50,Nord"
    )
    replace_text(package, "data/places.csv", "PAP,Port-au-Prince,36.04", "PAP,Port-au-Prince,36.04,")
    reschema(package, "places", lambda schema: schema["fields"].append({"name": "department", "type": "string"}))
    reschema(package, "people", lambda schema: schema["fields"][2]["constraints"].update(maxLength=40))
    reschema(package, "people", lambda schema: schema["fields"][3].update(type="string"))
    descriptor = json.loads((package / "datapackage.json").read_text())
    pets = {**descriptor["resources"][0], "name": "pets", "path": "data/pets.csv", "schema": "schemas/places.json"}
    (package / "data/pets.csv").write_text("code,name,area,department\nCAT,Tom,1,\n")
    describe(package, resources=[*descriptor["resources"], pets])


def _foreign_hostile(package: Path) -> None:
    (package / "data/pets.csv").write_text(f"{quoted(HOSTILE)}\n{quoted(HOSTILE)}\n")
    schema = {"fields": [{"name": HOSTILE, "type": "string"}], "primaryKey": HOSTILE}
    descriptor = json.loads((package / "datapackage.json").read_text())
    pets = {**descriptor["resources"][0], "name": HOSTILE, "path": "data/pets.csv", "schema": schema}
    describe(package, resources=[*descriptor["resources"], pets], conformsTo=HOSTILE, name=HOSTILE)


def _long(package: Path) -> None:
    """More of everything than a page holds."""
    codes = [f"{one}{two}X" for one in "ABCD" for two in "ABCDEFG"]
    append(package, "countries", *(f"{code},state,,,Land {code},Pays {code},País {code},,," for code in codes))
    for number, code in enumerate(codes, start=10):
        people, day = f"{number},{number},{number},exact", f"2025-05-{number % 28 + 1:02}"
        append(
            package, "commitments", f"C-00{number},1,MSS,{code},pledged,police,,,,unspecified,{day},{day},X,true,,new,"
        )
        append(package, "deployments", f"D-00{number},MSS,{code},arrival,police,{people},{day},2025-06-01,in_haiti,,")
        append(package, "events", f"E-00{number},meeting,{day},,,Meeting {number}.")
        row = f"deployments,D-0001,0123456789{number},For now.,gazette-2024-07-20,2026-12-31"
        append(package, "waivers", f"W-00{number},source-after-event,{row}")
        append(package, "evidence", f"V-01{number},events,E-00{number},,,gazette-2025-12-20,,,supports,deprecated,No.")
    names = [f"n{number}" for number in range(28)]
    reschema(
        package, "events", lambda schema: schema["fields"].extend({"name": name, "type": "integer"} for name in names)
    )
    header, *lines = (package / "data/events.csv").read_text().splitlines()
    rows = [",".join([header, *names]), *(f"{line}{',' * len(names)}" for line in lines)]
    (package / "data/events.csv").write_text("\n".join(rows) + "\n")


@dataclass(frozen=True)
class Case:
    """A base package, what the new release does to it, and what the one before had done (None: there is none)."""

    base: str
    edit: Callable[[Path], None]
    before: Callable[[Path], None] | None = _nothing


CASES = {
    "first-release": Case("record", _nothing, None),
    "arrival": Case("record", _arrival),
    "nothing": Case("mission", _nothing),
    "raised-pledge": Case("mission", _raised_pledge),
    "corrections": Case("mission", _corrections),
    "retired": Case("mission", _retired),
    "mandate": Case("mission", _mandate, _in_the_time_of_the_first_mission),
    "schema": Case("mission", _schema),
    "problems": Case("mission", _problems),
    "hostile": Case("mission", _hostile),
    "long": Case("mission", _long),
    "foreign-first": Case("ferries", _nothing, None),
    "foreign": Case("plain", _foreign),
    "foreign-hostile": Case("plain", _foreign_hostile),
}
