"""Server-rendered pages: the public surface for relatives and the staff surface for reviewers.

Neither needs a script; they share no cookie. `router.build_router` mounts both.
"""
