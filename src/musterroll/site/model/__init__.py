"""What the pages say, as plain values: nothing in here knows HTML."""
