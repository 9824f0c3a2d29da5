"""Run a check so that its own failure becomes "not run" instead of a crash or, worse, a pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from muster_validators.finding import Finding, NotRun
from musterroll.errors import MusterError


def guarded(
    check: str,
    run: Callable[[], Iterable[Finding]],
    not_run: list[NotRun],
    table: str | None = None,
) -> list[Finding]:
    """The findings of `run`; if it fails, none, and a line in `not_run` that says why."""
    try:
        return list(run())
    except MusterError:
        raise
    except ImportError as error:
        reason = f"{error.name or error} cannot be imported; pip install 'musterroll[validate]'"
        not_run.append(NotRun(check, reason, table, environment=True))
    except Exception as error:  # the one broad except: whatever breaks a check, the report must say so and fail
        not_run.append(NotRun(check, f"the check failed with {type(error).__name__}: {error}", table))
    return []
