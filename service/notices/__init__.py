"""What leaves the service unasked: numbers to staff by mail, ids to a program. Both are off by default."""
