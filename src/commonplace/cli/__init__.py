"""The `commonplace` command, one file a noun."""
