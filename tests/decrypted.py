"""The pages of a store in clear, free ones and those of its log as well, for a search in them.

SQLCipher 4: a page ends in 80 bytes, of which the first 16 are its initialization vector; the first
page begins with the salt (https://www.zetetic.net/sqlcipher/design/). A frame of the log has 24
bytes in front of its page, and the log 32 (https://www.sqlite.org/fileformat2.html).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT = 4096, 80, 16
LOG_HEAD, FRAME_HEAD = 32, 24


def pages(database: Path, key: bytes) -> Iterator[bytes]:
    """Every page of the database file and of its log, as SQLite sees it."""
    yield from _decrypted(_cut(database.read_bytes(), 0, 0), key, first=True)
    log = database.with_name(f"{database.name}-wal")
    if log.exists():
        yield from _decrypted(_cut(log.read_bytes(), LOG_HEAD, FRAME_HEAD), key, first=False)


def _cut(content: bytes, head: int, before: int) -> Iterator[bytes]:
    for at in range(head, len(content) - before - PAGE + 1, before + PAGE):
        yield content[at + before : at + before + PAGE]


def _decrypted(sealed: Iterator[bytes], key: bytes, *, first: bool) -> Iterator[bytes]:
    for number, page in enumerate(sealed):
        begin = SALT if first and number == 0 else 0
        vector = page[PAGE - RESERVED : PAGE - RESERVED + 16]
        cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
        body = page[begin : PAGE - RESERVED]
        yield cipher.update(body) + cipher.finalize()
