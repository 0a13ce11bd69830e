"""The scripts that scans can be read in: what is carried along, and what can be brought in.

rapidocr's wheel carries one model for recognizing letters. Others are files of the same library
(RapidOCR 3.10, PP-OCRv5, Apache-2.0), which nothing here fetches: whoever has one adds it, and it
is taken for what it is by its hash. Letters that are written from right to left are not read.
"""

from __future__ import annotations

from dataclasses import dataclass

CARRIED = ""  # Latin, Greek, Chinese and Japanese

WHERE = "https://www.modelscope.cn/models/RapidAI/RapidOCR"


@dataclass(frozen=True, slots=True)
class Script:
    """A script with the file that reads it. `name` is how it is called on the command line."""

    name: str
    file: str
    sha256: str


def _version_5(name: str, language: str, sha256: str) -> Script:
    return Script(name, f"{language}_PP-OCRv5_rec_mobile.onnx", sha256)


SCRIPTS = (
    _version_5(
        "cyrillic",
        "cyrillic",
        "90f761b4bfcce0c8c561c0cb5c887b0971d3ec01c32164bdf7374a35b0982711",
    ),
    _version_5(
        "east-slavic",
        "eslav",
        "08705d6721849b1347d26187f15a5e362c431963a2a62bfff4feac578c489aab",
    ),
    _version_5(
        "latin",
        "latin",
        "b20bd37c168a570f583afbc8cd7925603890efbcdc000a59e22c269d160b5f5a",
    ),
    _version_5("greek", "el", "b4368bccd557123c702b7549fee6cd1e94b581337d1c9b65310f109131542b7f"),
    _version_5(
        "korean",
        "korean",
        "cd6e2ea50f6943ca7271eb8c56a877a5a90720b7047fe9c41a2e541a25773c9b",
    ),
    _version_5(
        "devanagari",
        "devanagari",
        "d6f0a906580e3fa6b324a318718f1f31f268b6ea8ef985f91c2012a37f52c91e",
    ),
    _version_5("thai", "th", "de541dd83161c241ff426f7ecfd602a0ba77d686cf3ab9a6c255ea82fd08006e"),
    _version_5("tamil", "ta", "a42448808b7dea87597336f12438935f40353f1949e8360acd9e06b4da21bfe1"),
    _version_5("telugu", "te", "a3690451b50028a09a3316a1274f7c05728151ea3f8fd392696397a7fefcbd92"),
)
