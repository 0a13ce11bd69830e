"""The downloader: the one process that may connect, and only while the user asked for it.

Sees no document, no chat and no key of the store. `adapter` and `config` are the parent's side and
import nothing that could connect; everything else runs in the child.
"""
