"""Make a release of a package, publish it whole or not at all, prove it, fetch it, follow a row through all of them."""
