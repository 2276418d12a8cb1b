"""The part that touches hostile bytes; it runs in a child process of its own (see `main`).

Imports nothing of the service but the grid, the limits and the error, so that the child starts fast.
"""
