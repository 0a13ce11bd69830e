"""Nouns and rules. Pure Python, standard library only, no I/O; imports nothing else of ours."""
