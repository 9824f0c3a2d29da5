"""What can go wrong, once, as a tree.

MusterError
├── Refused        unsafe or over a limit                         exit 3
├── Unavailable    nothing there, no permission, disk full         exit 4
└── Unusable       the data are too broken for what was asked      exit 1

A fault *in the data* that a check can point at is not an exception but a
`Problem` (see `musterroll.package.problem`); `Unusable` is for commands other
than `validate`, which cannot go on without sound data.
"""

from __future__ import annotations


class MusterError(Exception):
    """Base of everything this library raises on purpose; the message is one line for people."""


class Refused(MusterError):
    """The input is unsafe or over a limit, so it was not read."""


class Unavailable(MusterError):
    """The environment does not give what is needed: no such folder, no permission."""


class Unusable(MusterError):
    """The data cannot carry the question asked; `muster validate` says why."""
