"""Web pages of a mission record: a folder of files that needs no server and asks no other host for anything.

`model/` says what the pages say, `charts/` draws, `pages/` joins both with the
templates, one module per kind of page, and `writing` puts the site on the disk.
"""
