"""The tests of Homeward; the strategy stands in conftest.py."""
