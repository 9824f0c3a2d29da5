"""The kinds of pages, one module each; `kinds` lists them."""
