"""Ctrl-C ends whatever is under way, a query that is one long step of the database too."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from running import RECORD


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM], ids=lambda sign: sign.name)
def test_a_question_that_takes_for_ever_ends_when_it_is_told_to(sign: signal.Signals) -> None:
    endless = "SELECT sum(a.range * b.range) FROM range(100000000) a, range(100000000) b"
    program = "import sys; from muster_cli.main import main; print('begun', flush=True); main()"
    command = [sys.executable, "-c", program, "query", endless, str(RECORD)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, preexec_fn=_heeding_ctrl_c) as asked:
        assert asked.stdout
        assert asked.stdout.readline() == b"begun\n"
        time.sleep(3)
        asked.send_signal(sign)
        code = asked.wait(60)

    assert code == 130


def _heeding_ctrl_c() -> None:
    """A job in the background is born deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
