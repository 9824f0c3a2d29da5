"""Ask the tables of a package in SQL, read-only: `database` makes them, `asked` answers."""
