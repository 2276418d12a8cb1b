"""What staff see: the queue, the link page, lists, requests, runs, accounts and the audit log."""
