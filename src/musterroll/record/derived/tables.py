"""All derived tables, in the order in which a release holds them."""

from __future__ import annotations

from typing import Any

from musterroll.record.derived.balance_table import BALANCE
from musterroll.record.derived.coverage_table import COVERAGE
from musterroll.record.derived.funding_table import FUNDING
from musterroll.record.derived.latest_table import LATEST
from musterroll.record.derived.strength_table import STRENGTH
from musterroll.record.derived.table import DerivedTable

DERIVED: tuple[DerivedTable[Any], ...] = (BALANCE, STRENGTH, FUNDING, COVERAGE, LATEST)
