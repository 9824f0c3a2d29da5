"""What `muster verify` found, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from rich.padding import Padding
from rich.text import Text

from muster_cli.render.console import printed
from muster_cli.render.text import plural
from muster_cli.render.visible import visible
from musterroll import __version__
from musterroll.release.verify import Verification

_MESSAGE = 500


def render_text(found: Verification, *, colour: bool = False) -> str:
    """What was verified and by whom it is signed, or every fault by the file that has it."""
    return printed(_parts(found), colour=colour)


def _parts(found: Verification) -> Iterator[Text | Padding]:
    name = visible(f"{found.name or 'release'} {found.version or ''}".strip())
    sizes = f": {plural(found.files, 'file')}, {found.bytes:,} bytes, {plural(found.tables, 'table')}"
    yield Text.assemble((name, "bold"), sizes)
    if found.signature is not None:
        who = found.signature.signer
        said = f"signed by {visible(who)} with {found.signature.key}" if who else f"signed with {found.signature.key}"
        yield Text(said if who else f"{said}; whose key that is, --allowed-signers can say")
    for fault in found.faults:
        yield Text.assemble((visible(fault.subject), "bold"), (f"  {fault.kind}", "red"))
        yield Padding(Text(visible(fault.message, _MESSAGE)), (0, 0, 0, 6), expand=False)
    if found.sound:
        yield Text.assemble(("Verified.", "bold green"), " This is what was published.")
    else:
        yield Text.assemble(("Not verified.", "bold red"), f" {plural(len(found.faults), 'fault')}.")


def render_json(found: Verification) -> str:
    """`musterroll/verification/1`."""
    signature = found.signature
    document = {
        "format": "musterroll/verification/1",
        "tool": {"name": "musterroll", "version": __version__},
        "release": {"name": found.name, "version": found.version},
        "verified": found.sound,
        "files": found.files,
        "bytes": found.bytes,
        "tables": found.tables,
        "signature": None if signature is None else {"key": signature.key, "signer": signature.signer},
        "faults": [{"subject": item.subject, "kind": item.kind, "message": item.message} for item in found.faults],
        "remarks": list(found.remarks),
    }
    return json.dumps(document, ensure_ascii=True, indent=2) + "\n"
