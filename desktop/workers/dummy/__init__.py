"""A child with no library behind it: the true plumbing, rehearsed in tests."""
