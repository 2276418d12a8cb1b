"""Photographs and scans: drawn anew in a limited child process, so that nothing but the picture stays."""
