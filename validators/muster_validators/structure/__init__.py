"""Is it the package it says it is? Strict reading, then Frictionless, then what Frictionless leaves out."""
