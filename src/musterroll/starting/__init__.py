"""Begin a package of the mission-record profile: the profile's tables, without a row."""
