"""The subject: uncertain counts, imprecise dates, pledges and presence, derived tables."""
