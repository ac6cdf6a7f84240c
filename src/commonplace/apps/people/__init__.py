"""People: who is known here, with or without an account."""
