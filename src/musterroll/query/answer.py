"""One question in SQL, and its answer. Nothing outside the database can be read, and nothing in the package changed."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from musterroll.errors import Refused, Unusable
from musterroll.interrupts import interruptible

if TYPE_CHECKING:
    import duckdb

_BATCH = 1_000


@dataclass(frozen=True)
class Answer:
    """Columns with their types, as SQL names them, and the rows, which can be taken once."""

    columns: tuple[tuple[str, str], ...]
    connection: duckdb.DuckDBPyConnection
    sql: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(name for name, _ in self.columns)

    @property
    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Row by row: text, integers, floats, decimals, truth values, dates, lists and so on, None where missing.

        Raises `Unusable` if the database meets a value that it cannot compute with.
        """
        while batch := _guarded(self.connection, lambda: self.connection.fetchmany(_BATCH)):
            yield from batch

    def parquet(self) -> bytes:
        """The answer, asked for once more, as a Parquet file.

        Raises `Unusable` if a type has no place in one, or as `rows` does.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        buffer, cursor = io.BytesIO(), self.connection.cursor()
        try:
            pq.write_table(_guarded(cursor, lambda: cursor.sql(self.sql).to_arrow_table()), buffer)
        except pa.ArrowException as error:
            raise Unusable(f"Parquet cannot hold this: {error}") from error
        return buffer.getvalue()


def asked(connection: duckdb.DuckDBPyConnection, sql: str) -> Answer:
    """The answer to one SELECT (or DESCRIBE, SUMMARIZE, SHOW, EXPLAIN).

    Raises `Refused` if the text is another statement or several, or reaches for
    what is outside, and `Unusable`, in the words of the database, if it cannot be
    answered, is not Unicode, or two columns of the answer have one name.
    """
    if not _is_unicode(sql):
        raise Unusable("the question holds bytes that are not UTF-8")
    statements = _guarded(connection, lambda: connection.extract_statements(sql))
    _require_question([statement.type for statement in statements])
    _guarded(connection, lambda: connection.execute(sql))
    columns = tuple((str(name), str(type)) for name, type, *_ in connection.description or ())
    twice = [name for name, count in Counter(name for name, _ in columns).items() if count > 1]
    if twice:
        raise Unusable(f"two columns are called {', '.join(twice)}; give one another name with AS")
    return Answer(columns, connection, sql)


def _is_unicode(text: str) -> bool:
    """Whether it is not what Python makes of bytes that it cannot decode."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _require_question(kinds: list[duckdb.StatementType]) -> None:
    import duckdb

    if not kinds:
        raise Unusable('there is no question; try "SHOW TABLES"')
    if len(kinds) > 1:
        raise Refused(f"one question at a time: these are {len(kinds)} statements")
    if kinds[0] not in {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}:
        hint = ", or a PIVOT that lists its values (PIVOT … ON column IN (…))"
        raise Refused(
            f"a package is asked, never changed: write a SELECT{hint * (kinds[0] == duckdb.StatementType.MULTI)}"
        )


def _guarded(connection: duckdb.DuckDBPyConnection, step: Callable[[], Any]) -> Any:
    """What a step gives, which Ctrl-C ends, with the errors of the database as ours."""
    import duckdb

    try:
        with interruptible(connection):
            return step()
    except duckdb.PermissionException as error:
        raise Refused(
            f"a question reaches the tables of the package and nothing else: {_words(error).splitlines()[0]}"
        ) from error
    except duckdb.Error as error:
        raise Unusable(_words(error)) from error


def _words(error: duckdb.Error) -> str:
    """What the database says, with the place that it points at, and without its name for the kind of error."""
    return str(error).partition(" Error: ")[2].strip() or str(error).strip()
