"""What LibreOffice makes of documents: run by the Python that it brings, beside an office without a
window that listens on a pipe. Arguments: the name of the pipe, then files. Prints one JSON object a
file: its paragraphs as they stand, with all changes taken, and with all of them refused.

Imports nothing of ours: that Python knows nothing of it.
"""

from __future__ import annotations

import json
import sys
import time

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]

TRIES = 300


def main() -> None:
    pipe, *files = sys.argv[1:]
    context = connected(pipe)
    manager = context.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    for file in files:
        told = {}
        for name, command in (
            ("as_is", None),
            ("taken", ".uno:AcceptAllTrackedChanges"),
            ("refused", ".uno:RejectAllTrackedChanges"),
        ):
            document = desktop.loadComponentFromURL(
                uno.systemPathToFileUrl(file), "_blank", 0, (hidden(),)
            )
            if command:
                frame = document.CurrentController.Frame
                dispatcher.executeDispatch(frame, command, "", 0, ())
            told[name] = list(paragraphs(document.Text))
            notes = document.Footnotes
            for number in range(notes.Count):
                told[name] += paragraphs(notes.getByIndex(number))
            document.close(True)
        print(json.dumps(told), flush=True)
    desktop.terminate()


def connected(pipe: str):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(TRIES):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.2)
    raise SystemExit("the office did not start")


def hidden():
    wish = PropertyValue()
    wish.Name, wish.Value = "Hidden", True
    return wish


def paragraphs(text):
    """The paragraphs of a text and of the tables in it, in order; those without text left out."""
    contents = text.createEnumeration()
    while contents.hasMoreElements():
        content = contents.nextElement()
        if content.supportsService("com.sun.star.text.TextTable"):
            for name in content.CellNames:
                yield from paragraphs(content.getCellByName(name))
        elif (said := "".join(portions(content))).strip():
            yield said


def portions(paragraph):
    """The text of a paragraph without the numbers of its notes."""
    parts = paragraph.createEnumeration()
    while parts.hasMoreElements():
        part = parts.nextElement()
        if part.TextPortionType != "Footnote":
            yield part.String


main()
