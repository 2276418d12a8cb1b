"""A pure library that compares people across scripts: values in, values out.

Knows no database, web, clock, environment or network.
"""
