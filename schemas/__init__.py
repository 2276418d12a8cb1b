"""The words that Homeward's parts share: frozen values that carry what people said, as they said it.

Imports the standard library and pydantic only. Nothing here computes a score, opens a file or knows
a database.
"""
