"""The parts of a verification: files, place, manifest, signature."""
