"""Child processes behind worker threads: one that reads, one that finds, one that writes. No Qt.

`client` is what the parent sees of a child, `host` what a child sees of its parent, `protocol` what
crosses the pipe between them, `lockdown` what a child may do. The rooms below hold the children.
"""
