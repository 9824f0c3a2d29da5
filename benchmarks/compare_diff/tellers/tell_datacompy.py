"""datacompy's `PandasCompare`: its report for the words, its tables for the facts."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from telling import answer, asked, change, named, whole

# Lines of the report that say a difference, unless their number is 0 or their answer No. The rest repeats the
# sizes of the tables and the settings; samples of rows come after the lines and are kept whole.
_LINES = (
    "Number of columns in old but not in new",
    "Number of columns in new but not in old",
    "Any duplicates on match values",
    "Number of rows in old but not in new",
    "Number of rows in new but not in old",
    "Number of rows with some compared columns unequal",
)


def main() -> None:
    """Read both files as the run says and compare them."""
    question = asked()
    import_module("numpy").random.seed(0)  # the report draws its sample, which is all rows here, in a random order
    pandas, datacompy = import_module("pandas"), import_module("datacompy")
    read, key = question["read"], question["key"]
    old, new = (pandas.read_csv(f"{question['folder']}/{side}.csv", **read) for side in ("old", "new"))
    compared = datacompy.PandasCompare(old, new, join_columns=key, df1_name="old", df2_name="new")
    options = ", ".join(f"{name}={value!r}" for name, value in read.items())
    how = f"PandasCompare(old, new, join_columns={key}), both from pd.read_csv({options or 'no options'})"
    report = compared.report()
    facts = [*_facts(compared, question["names"])]
    answer(how, _words(report), facts + ["duplicated (some key)"] * ("match values: Yes" in report))


def _words(report: str) -> Iterator[str]:
    is_sample = False
    for line in report.splitlines():
        is_sample = is_sample or line.startswith("Sample Rows")
        is_said = line.startswith(_LINES) and not line.endswith((": 0", ": No"))
        if is_said or (is_sample and line.strip("- ")):
            yield line


def _facts(compared: Any, names: list[str]) -> Iterator[str]:
    for kind, rows in (("removed", compared.df1_unq_rows), ("added", compared.df2_unq_rows)):
        yield from (f"{kind} {whole(row)}" for row in rows.to_dict("records"))
    for row in compared.intersect_rows.to_dict("records"):
        for name in compared.intersect_columns():
            if not row.get(f"{name}_match", True):
                yield change(named(row, names), name, row[f"{name}_old"], row[f"{name}_new"])
    yield from (f"column gone {name}" for name in compared.df1_unq_columns())
    yield from (f"column new {name}" for name in compared.df2_unq_columns())


if __name__ == "__main__":
    main()
