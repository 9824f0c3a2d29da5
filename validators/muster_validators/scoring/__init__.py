"""What the checks are worth: faults are planted in a copy of a package, and it is counted which are caught."""
