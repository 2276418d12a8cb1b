"""Reviewed tables of names, their elements and origins (see README.md)."""
