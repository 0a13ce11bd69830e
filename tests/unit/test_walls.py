"""Domain and services stand on Python alone: they run where no library of ours is installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

# Run without site-packages: Qt, torch, llama.cpp and the rest cannot be imported at all.
PROGRAM = """
import importlib, importlib.util, pkgutil, sys
sys.path.insert(0, sys.argv[1])
for absent in ("PySide6", "torch", "llama_cpp", "lancedb", "numpy", "msgspec", "sqlcipher3"):
    assert importlib.util.find_spec(absent) is None, absent
names = []
for package in ("desktop.domain", "desktop.services"):
    for found in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
        importlib.import_module(found.name)
        names.append(found.name)
from desktop.domain.chunking import chunk_page
from desktop.domain.documents import Page, Passage
from desktop.domain.grounding import ground
text = "The lease was signed by Maria Okafor. The rent is 1,200 euros."
chunk, = chunk_page(Page(1, "1", text))
passage = Passage(1, 1, "lease.pdf", 1, "1", chunk.start, chunk.end, 1.0, chunk.text)
assert ground("Maria Okafor signed the lease.", [passage]).sentences[0].supported
print(len(names))
"""


def test_domain_and_services_run_where_no_library_is_installed() -> None:
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", PROGRAM, str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    written = [*(ROOT / "desktop/domain").rglob("*.py"), *(ROOT / "desktop/services").rglob("*.py")]
    assert int(ran.stdout) == len(written) - 2  # every module but the two __init__
