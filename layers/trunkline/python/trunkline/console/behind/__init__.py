"""What stands behind a figure, one module for each kind of evidence. Pure."""
