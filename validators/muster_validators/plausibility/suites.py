"""Great Expectations at work: a suite per table, run in memory, its answers matched to what was asked.

Its results come in any order and an exception inside it looks like a value that
does not fit, in one of two shapes; both are told apart here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from muster_validators.finding import NotRun
from muster_validators.guard import Guard
from muster_validators.plausibility.expectation import Derived, Expectation, Outcome, Suite

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.datasource.fluent.pandas_datasource import PandasDatasource

_EVERYTHING = {"result_format": "COMPLETE", "return_unexpected_index_query": False}
_LISTS = ("unexpected_list", "unexpected_index_list")  # each as long as the table


@dataclass
class Answers:
    """Expectations that were not met, with what was seen; the suites as JSON; and what could not be judged."""

    unmet: list[tuple[Expectation, Outcome]] = field(default_factory=list)
    suites: list[Suite] = field(default_factory=list)
    not_run: list[NotRun] = field(default_factory=list)


def run_suites(
    expectations: Sequence[Expectation],
    frame_of: Callable[[Expectation], pd.DataFrame],
    on_table: Callable[[str], None],
) -> Answers:
    """Judge every expectation on the frame of its table."""
    answers = Answers()
    source = _source()
    ordered = sorted(enumerate(expectations), key=lambda item: _subject(item[1]))
    for (derived, table), group in groupby(ordered, key=lambda item: _subject(item[1])):
        on_table(derived or table)
        asked = dict(group)
        guard = Guard([])
        for result in guard.run("suite", _results, source, f"suite {len(answers.suites)}", asked, frame_of):
            _sort_out(asked, result, answers)
            answers.suites.append(Suite(f"{derived} (derived)" if derived else table, result))
        checks = sorted({expectation.check for expectation in asked.values()})
        answers.not_run += guard.kept_from(checks, derived or table)
    return answers


def _results(
    source: PandasDatasource,
    name: str,
    asked: Mapping[int, Expectation],
    frame_of: Callable[[Expectation], pd.DataFrame],
) -> Iterator[dict[str, Any]]:
    """The one result of the suite of one table; what breaks it must not break those of the others."""
    yield _validate(source, name, asked, frame_of(next(iter(asked.values()))))


def _subject(expectation: Expectation) -> tuple[str, str]:
    """What is judged: the tables of the package first, then what is derived from them."""
    derived = expectation.derived
    return ("", expectation.table) if derived is None else (derived.name, "")


def _source() -> PandasDatasource:
    """A context that leaves nothing on the disk and draws no progress bars of its own."""
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context.data_sources.add_pandas("package")


def _validate(
    source: PandasDatasource, table: str, asked: Mapping[int, Expectation], frame: pd.DataFrame
) -> dict[str, Any]:
    import great_expectations as gx
    from great_expectations import expectations as kinds

    suite = gx.ExpectationSuite(name=table)
    for number, item in asked.items():
        meta = {"number": number, "check": item.check}
        suite.add_expectation(getattr(kinds, item.kind)(**item.arguments, meta=meta))
    batch = source.add_dataframe_asset(table).add_batch_definition_whole_dataframe(table)
    result = batch.get_batch({"dataframe": frame}).validate(suite, result_format=_EVERYTHING)
    document: dict[str, Any] = result.to_json_dict()  # type: ignore[no-untyped-call]
    return document


def _sort_out(asked: Mapping[int, Expectation], document: dict[str, Any], answers: Answers) -> None:
    """Sort the answers of one suite, and shorten what is kept of them to what people look at."""
    left = dict(asked)
    for entry in document["results"]:
        expectation = left.pop(entry["expectation_config"]["meta"]["number"])
        entry["success"] = str(entry["success"]) == "True"  # a bool of numpy comes as text, and "False" would be true
        raised = exception_in(entry["exception_info"])
        if raised:
            answers.not_run.append(NotRun(expectation.check, f"Great Expectations failed: {raised}", expectation.table))
        elif not entry["success"]:
            seen = entry["result"]
            rows = tuple(sorted(seen.get("unexpected_index_list") or ()))
            answers.unmet.append((expectation, Outcome(seen.get("observed_value"), rows)))
        if expectation.derived:
            entry["result"]["unexpected_rows"] = _labels(expectation.derived, entry["result"])
        for name in _LISTS:
            entry["result"].pop(name, None)
    for expectation in left.values():
        answers.not_run.append(NotRun(expectation.check, "Great Expectations gave no answer", expectation.table))


def _labels(derived: Derived, result: Mapping[str, Any]) -> list[str]:
    """What the first rows that do not fit are about: the texts in them."""
    rows = [*(result.get("unexpected_index_list") or ())][: len(result.get("partial_unexpected_list", ()))]
    texts = [cells for cells in derived.columns.values() if cells and isinstance(cells[0], str)]
    return [" ".join(str(cells[row]) for cells in texts) for row in rows]


def exception_in(info: Mapping[str, Any]) -> str | None:
    """The message of an exception: flat, or one for each metric."""
    if "raised_exception" in info:
        return str(info["exception_message"]) if info["raised_exception"] else None
    return "; ".join(sorted({str(item["exception_message"]) for item in info.values()})) or None
