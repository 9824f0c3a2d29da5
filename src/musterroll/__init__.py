"""Read, check, compare and publish data packages whose every figure has a source."""

__version__ = "0.1.0"

PROFILE = "mission-record"
PROFILE_VERSION = "0.1.0"
