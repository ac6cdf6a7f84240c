"""`python -m commonplace` is the `commonplace` command."""

from commonplace.cli.main import main

main()
