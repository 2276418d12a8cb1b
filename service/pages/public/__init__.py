"""What relatives see: no cookie, no script, and nothing that depends on what the lists hold."""
