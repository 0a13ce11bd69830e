"""Everything that is kept: the encrypted store, its key, its backups, the model folders.

The only room that writes the user's data to disk. Knows the domain alone; heavy libraries stay
out, since the window's process imports this.
"""
