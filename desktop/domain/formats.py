"""The formats that can be read, by the names that their files usually have.

What a file really is, the reader finds out from its content.
"""

from __future__ import annotations

from typing import Final

# In the order in which they are offered.
SUFFIXES: Final = {
    "PDF": (".pdf",),
    "Word": (".docx", ".docm", ".dotx", ".doc"),
    "Excel": (".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".csv", ".tsv"),
    "PowerPoint": (".pptx", ".pptm", ".ppsx", ".ppt"),
    "OpenDocument": (".odt", ".ott", ".ods", ".ots", ".odp", ".otp"),
    "Text": (".txt", ".text", ".md", ".markdown", ".rtf", ".log", ".rst"),
    "Web": (".html", ".htm", ".xhtml"),
    "E-book": (".epub",),
    "Mail": (".eml", ".msg"),
    "Scan": (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp"),
    "Archive": (".zip",),
}
READABLE: Final = frozenset(suffix for group in SUFFIXES.values() for suffix in group)
