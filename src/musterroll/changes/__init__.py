"""What changed between two releases of a data package, and which version number that requires."""
