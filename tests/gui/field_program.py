"""python -m tests.gui.field_program TEXT: another program's text field, which tells what happens.

Takes no keys but those for selecting all and for pasting. Prints, after each paste, one line of
JSON: all of its text.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QPlainTextEdit


class Field(QPlainTextEdit):
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        wanted = (QKeySequence.StandardKey.SelectAll, QKeySequence.StandardKey.Paste)
        if any(event.matches(keys) for keys in wanted):
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        super().insertFromMimeData(source)
        sys.stdout.write(json.dumps(self.toPlainText()) + "\n")
        sys.stdout.flush()


def main() -> None:
    application = QApplication([])
    field = Field()
    field.setWindowTitle("Another program")
    field.setPlainText(sys.argv[1])
    field.setGeometry(1050, 80, 400, 200)
    field.show()
    application.exec()


if __name__ == "__main__":
    main()
