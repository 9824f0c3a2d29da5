"""Are the facts coherent: row by row, across tables, at every date?"""
