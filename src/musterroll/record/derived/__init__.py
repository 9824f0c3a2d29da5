"""The derived tables: computed from a record, published in every release, never edited."""
