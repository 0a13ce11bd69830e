"""A bench of retrieval among documents of one form; see `making` for what is in it."""
