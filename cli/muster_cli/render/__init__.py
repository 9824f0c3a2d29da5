"""One module per format; each turns a report into text and does nothing else."""
