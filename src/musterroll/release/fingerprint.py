r"""A fingerprint of what a table says, whatever its file looks like.

Two tables have the same fingerprint exactly if they have the same columns and
the same rows, each as often. The order of rows and columns, quoting, delimiter,
line ends, a byte order mark and the Unicode form do not count; every other
character of a cell does: `1.0` is not `1.00`, and a line break inside a quoted
cell belongs to the cell. It can be computed from any export whose cells are text.

How it is made, so that anybody can make it again:

1. Bring the names of the columns and all cells into Unicode form NFC. A missing
   cell is the text that stands in the file, mostly the empty one.
2. Sort the columns by name, by code point (which is the order of the UTF-8 bytes).
3. Write each cell as a netstring: the number of its bytes in UTF-8, a colon, the
   bytes, a comma; `Kenya` becomes `5:Kenya,` and an empty cell `0:,`. A row is the
   netstrings of its cells one behind the other. The length comes first, so no
   separator, quote or line break in a cell can make two different rows alike.
4. Take the SHA-256 of each row, in lower-case hex, and sort these, keeping those
   that occur more than once.
5. The fingerprint is the SHA-256 of these lines, each ended by LF: first the
   netstrings of the sorted column names, then the sorted hashes.

In R, where stringi and digest are installed:

    table <- read.csv(file, colClasses = "character", na.strings = character(),
                      check.names = FALSE, blank.lines.skip = FALSE, encoding = "UTF-8")
    netstring <- function(x) { x <- stringi::stri_trans_nfc(x); paste0(nchar(x, "bytes"), ":", x, ",") }
    sha256 <- function(x) digest::digest(x, algo = "sha256", serialize = FALSE)
    columns <- table[order(stringi::stri_trans_nfc(names(table)), method = "radix")]
    rows <- do.call(paste0, lapply(unname(as.list(columns)), netstring))[seq_len(nrow(columns))]
    hashes <- sort(vapply(rows, sha256, "", USE.NAMES = FALSE), method = "radix")
    sha256(paste0(paste(c(paste(netstring(names(columns)), collapse = ""), hashes), collapse = "\n"), "\n"))

Why the hashes are sorted and hashed again, and not added or XORed, which would
need no memory: under XOR a row that stands there twice vanishes, and whoever may
choose a few hundred rows can reach any wanted result by linear algebra; sums fall
to the generalised birthday problem (Wagner, 2002). A hash over the sorted list is
as hard to forge as SHA-256 itself. It costs 64 bytes per row while it is made.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence

from musterroll.package.table import Table


def fingerprint(table: Table) -> str:
    """The fingerprint of a table, in hex."""
    return fingerprint_of(table.header, table.rows)


def fingerprint_of(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The fingerprint of rows whose cells come in the order of `header`, in hex."""
    names = [unicodedata.normalize("NFC", name) for name in header]
    order = sorted(range(len(names)), key=lambda column: (names[column], header[column]))
    hashes = sorted(_sha256(_netstrings(cells[column] for column in order)) for cells in rows)
    whole = hashlib.sha256(_netstrings(names[column] for column in order) + b"\n")
    for row in hashes:
        whole.update(row.encode() + b"\n")
    return whole.hexdigest()


def _netstrings(texts: Iterable[str]) -> bytes:
    encoded = (unicodedata.normalize("NFC", text).encode() for text in texts)
    return b"".join(b"%d:%b," % (len(text), text) for text in encoded)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
