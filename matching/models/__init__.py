"""Small learned tables, made by `python -m matching.training` (see README.md)."""
