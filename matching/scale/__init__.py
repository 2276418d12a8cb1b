"""The compiled matcher: the weights of `matching.evidence` and `matching.family` for millions of pairs.

It says how much, `matching.linker` says why; a test holds the two together on whole worlds.
"""
