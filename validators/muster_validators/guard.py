"""Run a check so that its own failure becomes "not run" instead of a crash or, worse, a pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import ParamSpec, TypeVar

from muster_validators.finding import NotRun
from musterroll.errors import Refused, Unavailable, Unusable

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Guard:
    """Where the reasons go: `not_run` gets a line for every check that fails."""

    not_run: list[NotRun]

    def run(
        self,
        check: str,
        judge: Callable[P, Iterable[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> list[T]:
        """What `judge` yields; nothing if it fails, and then `not_run` says why."""
        try:
            return list(judge(*args, **kwargs))
        except (Refused, Unavailable):
            raise
        except Unusable as error:
            self.not_run.append(NotRun(check, str(error)))
        except ImportError as error:
            reason = f"{error.name or error} cannot be imported; pip install 'musterroll[validate]'"
            self.not_run.append(NotRun(check, reason, environment=True))
        except Exception as error:  # noqa: BLE001 (whatever breaks a check, the report must say so and fail)
            self.not_run.append(NotRun(check, f"the check failed with {type(error).__name__}: {error}"))
        return []

    def kept_from(self, checks: Iterable[str], table: str | None = None) -> list[NotRun]:
        """Every failure once for each of the checks that could not run because of it."""
        return [replace(item, check=check, table=table) for check in checks for item in self.not_run]
