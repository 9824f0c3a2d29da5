"""Descriptions of a release in the words of other formats, all from its descriptor, its schemas and its tables.

They are rendered in this order: the last describes every file that is there before it.
"""

from __future__ import annotations

from musterroll.release.metadata import citation, codebook, croissant, ro_crate, schema_org, zenodo
from musterroll.release.metadata.metadata_file import MetadataFile

METADATA: tuple[MetadataFile, ...] = (citation, zenodo, codebook, croissant, schema_org, ro_crate)
