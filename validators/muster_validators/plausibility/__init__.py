"""Does this look like the next release of the same data? Great Expectations suites, told by the release before."""
