"""The page that `compare_diff.py` writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from compare_diff_cases import VERDICTS, Answer, Case

Answers = Mapping[str, Sequence[Answer]]  # by the name of the case's folder
_HEAD = """\
# `muster diff` beside other tools

What five tools say of the same small differences. Only correctness is compared, not speed. This page is made by

<!-- not run: it installs the other tools from the network -->
```sh
python benchmarks/compare_diff.py --peers DIR
```

which installs each of the others, in the version below, into an environment of its own under `DIR`. The cases, the
options and the criteria are data in `benchmarks/compare_diff/`; no verdict is written by hand."""
_FAIRNESS = """\
- Each tool gets the options that its own help or documentation offers for the case. Where there is more than one
  sensible way to run it, each is run and shown, and **the best counts**.
- `muster diff` needs more than the others: a descriptor with a schema on both sides. That is why it can tell a value
  from its spelling (4) and a missing marker from a value (8) in one run. The data-frame tools can be told types and
  markers as a file is read, but then they no longer see its text. Who cares for values alone can read *partly* as
  *right* in 4 and 8, where a tool is silent about spelling.
- The words are the tool's own. Left out are: titles and empty lines; rows of context and CSV quotes (daff); numbers
  that are 0, sizes and settings (datacompy); mark-up and the table's caption (pointblank). ⏎ is a newline in a cell.
- The criteria were written by the authors of one of the tools. 5b and 6b were added because that tool is not best
  there."""


def page(cases: Sequence[Case], answers: Answers, tools: Mapping[str, dict[str, Any]], version: str) -> str:
    """The whole page."""
    parts = [_HEAD, *_tools(tools, version), "## Summary", *_summary(cases, answers, tools), "## How to read it"]
    told = [part for case in cases for part in _case(case, answers, tools)]
    return "\n\n".join([*parts, _verdicts(), _FAIRNESS, *told]) + "\n"


def _tools(tools: Mapping[str, dict[str, Any]], version: str) -> Iterator[str]:
    rows = [
        (_title(name, tools), ", ".join(tool.get("needs", [version])).replace("==", " "), tool["takes"])
        for name, tool in tools.items()
    ]
    yield _table(("tool", "version", "takes"), rows)


def _summary(cases: Sequence[Case], answers: Answers, tools: Mapping[str, dict[str, Any]]) -> Iterator[str]:
    rows = [(case.title, *(_best(case, answers, name) for name in tools)) for case in cases]
    yield _table(("case", *(_title(name, tools) for name in tools)), rows)
    yield "The reason for each verdict stands in the case's own table."


def _best(case: Case, answers: Answers, tool: str) -> str:
    found = [case.verdict(answer)[0] for answer in answers[case.folder.name] if answer.tool == tool]
    return min(found, key=list(VERDICTS).index)


def _verdicts() -> str:
    return "\n".join(f"- **{verdict}**: {meaning}." for verdict, meaning in VERDICTS.items())


def _case(case: Case, answers: Answers, tools: Mapping[str, dict[str, Any]]) -> Iterator[str]:
    yield f"## {case.title}"
    yield case.differs
    for side in ("old", "new"):
        yield f"{side.capitalize()}:\n\n```csv\n{(case.folder / f'{side}.csv').read_text()}```"
    wanted = [f"- {criterion.says}{' (essential)' if criterion.essential else ''}" for criterion in case.criteria]
    yield "A good answer\n\n" + "\n".join(wanted)
    rows = [
        (f"**{_title(answer.tool, tools)}**<br>`{_cell(answer.how)}`", _words(answer), _right(*case.verdict(answer)))
        for answer in answers[case.folder.name]
    ]
    yield _table(("tool", "what it says", "right?"), rows)


def _words(answer: Answer) -> str:
    return "<br>".join(f"`{_cell(line)}`" for line in answer.words) or "nothing"


def _right(verdict: str, why: str) -> str:
    return f"**{verdict}**: {why}"


def _title(name: str, tools: Mapping[str, dict[str, Any]]) -> str:
    return str(tools[name].get("title", name))


def _cell(text: str) -> str:
    """Text that can stand in a code span of a table; spaces that align columns are kept by not breaking there."""
    plain = text.replace("\n", "⏎").replace("|", "\\|").replace("`", "'")
    return plain.rstrip().replace("  ", "\u00a0\u00a0")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
