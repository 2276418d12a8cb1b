"""`python -m service` is `homeward`."""

from service.cli import main

main()
