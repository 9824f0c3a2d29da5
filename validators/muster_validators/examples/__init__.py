"""An example of every check: a small package that it rejects, and what is then said."""
