"""The language of the window: the system's, or the one that the user chose.

The words are in `resources/translations`, a file a language (see `installers.translations`); the
English ones are in the code. A language takes effect when a window is made: what is on screen by
then stays as it is.
"""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from desktop.gui.theme import resource

ENGLISH: Final = "en"
GERMAN: Final = "de"

# Each by its own name, so that whoever ended up in a foreign one finds the way back.
NAMES: Final = {ENGLISH: "English", GERMAN: "Deutsch"}


def speak(wanted: str) -> None:
    """Let what is made from now on speak `wanted`, one of NAMES; the system's language for another.

    Numbers and dates follow it too; the system's own ways of writing them are kept where the
    system speaks that language.
    """
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError("there is no application that could speak")
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)
        translator.deleteLater()
    system = QLocale.system()
    locale = system
    if wanted in NAMES and language_of(system) != wanted:
        locale = QLocale(wanted)
    QLocale.setDefault(locale)
    language = language_of(locale)
    if language == ENGLISH or language not in NAMES:
        return
    for translator in (_of_qt(application, language), Words(application, language)):
        application.installTranslator(translator)  # asked before those installed earlier


class Words(QTranslator):
    """The translations of one language, out of `resources/translations/LANGUAGE.ts`.

    Read as Qt Linguist writes it: a step that turns it into another form would have to be taken
    before every first start. A text that is not known where it is said is looked up wherever else
    it is; what is not translated at all stays English.
    """

    def __init__(self, parent: QObject, language: str) -> None:
        super().__init__(parent)
        self._words: dict[tuple[str, str], str] = {}
        self._anywhere: dict[str, str] = {}
        source = ElementTree.parse(resource("translations", f"{language}.ts"))  # noqa: S314 (ours)
        for context in source.iterfind("context"):
            name = context.findtext("name", "")
            for message in context.iterfind("message"):
                if translation := message.findtext("translation"):
                    text = message.findtext("source", "")
                    self._words[name, text] = self._anywhere[text] = translation

    def translate(
        self, context: str, text: str, _disambiguation: str | None = None, _n: int = -1
    ) -> str:
        # None: no translation. An empty text would be one, and Qt asked nobody else for its own.
        return self._words.get((context, text)) or self._anywhere.get(text)  # type: ignore[return-value]

    def isEmpty(self) -> bool:
        return not self._words


def _of_qt(parent: QObject, language: str) -> QTranslator:
    """What Qt itself says: in its dialogues, on the keys of shortcuts."""
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translator = QTranslator(parent)
    translator.load(f"{folder}/qtbase_{language}.qm")
    return translator


def language_of(locale: QLocale) -> str:
    """The language that a locale writes in, as ISO 639-1 has it."""
    return QLocale.languageToCode(locale.language())
