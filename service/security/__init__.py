"""Who may do what, and how it is proved afterwards: roles, sessions, codes, limits and the audit chain."""
