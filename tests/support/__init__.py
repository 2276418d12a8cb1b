"""What the tests stand on: a real PostgreSQL, a real browser, real server and worker processes."""
