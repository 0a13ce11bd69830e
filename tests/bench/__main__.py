"""python -m tests.bench [--json FILE] [NAME ...]: measure, print a table, write JSON.

Run by hand on an otherwise idle computer; nothing here is part of the test suite. Every figure that
compares is a ratio within one run, because computers differ and are noisy.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from tests.bench.figures import Figure, as_json, table

BENCHES = (
    "answering",
    "beginnings",
    "context",
    "conversations",
    "downloading",
    "drafting",
    "facts",
    "folders",
    "generator",
    "grounding",
    "hashing",
    "index",
    "loading",
    "lookalikes",
    "memory",
    "offload",
    "refusal",
    "retrieval",
    "reviewing",
    "scale",
    "scrolling",
    "streaming",
    "switching",
    "window",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"some of {', '.join(BENCHES)}")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures there as well")
    options = parser.parse_args()
    unknown = set(options.names) - set(BENCHES)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    figures: list[Figure] = []
    for name in options.names or BENCHES:
        print(f"{name} ...", file=sys.stderr, flush=True)
        figures += importlib.import_module(f"tests.bench.{name}").measure()
    print(table(figures))
    if options.json:
        options.json.write_text(as_json(figures), encoding="utf-8")
    return 0 if all(figure.reached is not False for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
