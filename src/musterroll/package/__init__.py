"""Open a data package strictly: safe paths, strict JSON, strict CSV, nothing guessed."""
