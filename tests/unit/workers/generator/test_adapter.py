from __future__ import annotations

import subprocess
import sys

HEAVY = ("llama_cpp", "jinja2", "numpy", "torch", "lancedb", "pypdf", "pypdfium2")


def test_the_parent_s_side_brings_in_no_library_of_the_child_s() -> None:
    look = (
        f"import sys, desktop.workers.generator.adapter;print(*set({HEAVY!r}) & sys.modules.keys())"
    )
    found = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout.split() == []
