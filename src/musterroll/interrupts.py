"""Ctrl-C while DuckDB works.

Python runs its handlers of signals only between its own instructions, and a
query is one instruction that may take hours: DuckDB looks for signals between
its tasks, but not within one. So a second thread, which learns of a signal at
once, tells DuckDB to stop.
"""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_NO_DESCRIPTOR = -1  # what `signal` calls it


@contextmanager
def interruptible(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Within it an interrupted query of the connection raises `KeyboardInterrupt`, as Python does.

    A signal is heeded at once in the main thread, which is the only one that
    gets any, unless somebody else waits for signals already (an event loop).
    """
    import duckdb

    try:
        with _watched(connection):
            yield
    except (RuntimeError, duckdb.InterruptException) as error:
        if "interrupted" in str(error).lower():
            raise KeyboardInterrupt from error
        raise


@contextmanager
def _watched(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    told, tells = socket.socketpair()
    tells.settimeout(0)
    before = signal.set_wakeup_fd(tells.fileno(), warn_on_full_buffer=False)
    if before != _NO_DESCRIPTOR:
        signal.set_wakeup_fd(before)
    watcher = threading.Thread(target=_interrupt_when_told, args=(told, connection), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        if before == _NO_DESCRIPTOR:
            signal.set_wakeup_fd(_NO_DESCRIPTOR)
        tells.close()  # which ends the watcher
        watcher.join()
        told.close()


def _interrupt_when_told(told: socket.socket, connection: duckdb.DuckDBPyConnection) -> None:
    while told.recv(1):
        connection.interrupt()
