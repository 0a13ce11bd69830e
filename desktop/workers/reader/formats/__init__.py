"""Every format but PDF: a file's bytes -> pages of text with their headings, tables and labels.

Each module leaves the parsing to a library and puts what that says into blocks (`blocks.py`), which
become pages. Runs in the reader's child alone; `opening.py` is the only way in.
"""
