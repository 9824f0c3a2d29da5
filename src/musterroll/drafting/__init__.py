"""Rows to be: the next free id, a row and its evidence where they belong, and what two branches both called D-0042."""
