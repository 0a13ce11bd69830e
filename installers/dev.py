"""The commands for working from a checkout; `python3 installers/dev.py --help` lists them.

This file must stay readable for any Python 3, so that an old one gets a sentence and not a
traceback. What the commands do is in `commands`.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.stderr.write(
        "Escritoire needs Python 3.11 or newer, and this is %d.%d.\n"  # noqa: UP031
        "Start the same command with a newer one, for example python3.12.\n" % sys.version_info[:2]
    )
    sys.exit(3)

if __name__ == "__main__":
    from pathlib import Path

    # Python put this folder first; its files are to be found as `installers.x`.
    sys.path[0] = str(Path(__file__).resolve().parents[1])

    from installers.commands import main

    sys.exit(main(sys.argv[1:]))
