"""Tables with the types that their schemas say: as columns, as Arrow, as pandas frames. No value is rounded or lost."""
