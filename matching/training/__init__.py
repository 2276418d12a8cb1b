"""Trains the small learned tables of `matching/models` from paired name tokens: `python -m
matching.training`.
"""
