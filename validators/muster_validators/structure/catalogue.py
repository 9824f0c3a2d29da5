"""The checks of the structure layer, as visible lists. A test proves that no module is forgotten."""

from __future__ import annotations

from collections.abc import Mapping

from muster_validators.check import CheckInfo, DescriptorCheck, TableCheck, read_catalogue
from muster_validators.structure import (
    bent_value,
    category,
    declared_size,
    descriptor_empty,
    descriptor_unknown_key,
    descriptor_version,
    fields_match,
    hash_algorithm,
    integrity,
    left_by_a_program,
    non_finite_number,
    number_spelling,
    pattern,
    primary_key_empty,
    profile_descriptor,
    profile_schema,
    schema_constraint,
    schema_pattern,
    schema_reference,
    surrounding_space,
    unicode_form,
    unique_key,
)
from muster_validators.structure.frictionless_words import CHECKS as FRICTIONLESS

READING: Mapping[str, CheckInfo] = read_catalogue(__package__, "reading.toml", layer="structure")

DESCRIPTOR_CHECKS: tuple[DescriptorCheck, ...] = (
    descriptor_empty,
    descriptor_unknown_key,
    descriptor_version,
    fields_match,
    hash_algorithm,
    integrity,
    profile_descriptor,
    profile_schema,
    schema_constraint,
    schema_pattern,
    schema_reference,
)
TABLE_CHECKS: tuple[TableCheck, ...] = (
    bent_value,
    category,
    declared_size,
    left_by_a_program,
    non_finite_number,
    number_spelling,
    pattern,
    primary_key_empty,
    surrounding_space,
    unicode_form,
    unique_key,
)
CATALOGUE: Mapping[str, CheckInfo] = {
    **READING,
    **FRICTIONLESS,
    **{check.INFO.id: check.INFO for check in DESCRIPTOR_CHECKS},
    **{check.INFO.id: check.INFO for check in TABLE_CHECKS},
}

# What Frictionless says of rows; its other types are about descriptors.
FRICTIONLESS_ROW_CHECKS = ("type-error", "blank-row", "constraint-error", "unique-error", "primary-key", "foreign-key")
FRICTIONLESS_METADATA_CHECKS = tuple(id for id in FRICTIONLESS if id not in FRICTIONLESS_ROW_CHECKS)
ROW_CHECKS = (*FRICTIONLESS_ROW_CHECKS, *(check.INFO.id for check in TABLE_CHECKS))
