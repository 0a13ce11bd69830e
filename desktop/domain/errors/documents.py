"""Errors of documents: the files that are read and searched."""

from __future__ import annotations

from desktop.domain.errors.base import EscritoireError


class DocumentError(EscritoireError):
    """Something about one document, named by the fact `file`."""


class DocumentMissing(DocumentError):
    code = "document_missing"
    sentence = "{file} is not there."
    remedy = "Check the path; if the file was moved, add it again from its new place."


class DocumentUnreadable(DocumentError):
    code = "document_unreadable"
    sentence = "{file} may not be read: {reason}."
    remedy = "Ask for the right to read it, or copy it to a folder of yours."


class NotAPdf(DocumentError):
    code = "not_a_pdf"
    sentence = "{file} is not a PDF, whatever its name says."
    remedy = "Open it in the program it came from and save it as PDF."


class FormatNotSupported(DocumentError):
    code = "format_not_supported"
    sentence = "{file} has a format that this version does not read."
    remedy = "Save it as PDF and add that."


class DocumentDamaged(DocumentError):
    code = "document_damaged"
    sentence = "{file} is damaged or cut short and cannot be opened."
    remedy = "Fetch it again from where it came from."


class PasswordNeeded(DocumentError):
    code = "password_needed"
    sentence = "{file} is protected by a password."
    remedy = "Give the password, or save a copy without one."


class PasswordWrong(DocumentError):
    code = "password_wrong"
    sentence = "That password does not open {file}."
    remedy = "Check capitals and keyboard layout and try again."


class NoPages(DocumentError):
    code = "no_pages"
    sentence = "{file} has no pages."
    remedy = "Export it again from the program it came from."


class DocumentTooDemanding(DocumentError):
    code = "document_too_demanding"
    sentence = "{file} takes more {resource} to read than is safe, so reading was stopped."
    remedy = "Print it to a new PDF, or split it, and add that."


class DocumentQuarantined(DocumentError):
    code = "document_quarantined"
    sentence = "{file} made the reader crash, so it is left alone."
    remedy = "Print it to a new PDF and add that; the other files are not affected."


class DocumentChanged(DocumentError):
    code = "document_changed"
    sentence = "{file} has changed since it was read."
    remedy = "Add it again; the stored text is shown until then."


class PageNotDrawn(DocumentError):
    code = "page_not_drawn"
    sentence = "{file} has no page images, so its text is shown."
    remedy = "Open it in the program it came from to see it as it was laid out."


class NothingToRead(DocumentError):
    code = "nothing_to_read"
    sentence = "There is no document in {file} that this version reads."
    remedy = "Choose a folder with documents in it."


class RecognizerUnknown(DocumentError):
    code = "recognizer_unknown"
    sentence = "{file} is no file for reading scans that this version knows."
    remedy = "Choose one of the files that Settings names, as it was published."


class ScriptMissing(DocumentError):
    code = "script_missing"
    sentence = "Scans cannot be read in the script {script}: its file {file} is not here."
    remedy = "Add that file in Settings, or on the command line: escritoire scripts add FILE."


class DocumentUnknown(DocumentError):
    code = "document_unknown"
    sentence = "There is no document {name} in the library."
    remedy = "Look on the Documents page, or list them: escritoire documents list."


class DocumentNameShared(DocumentError):
    code = "document_name_shared"
    sentence = "Several documents are named {name}."
    remedy = "Say which one by its path, or look it up: escritoire documents list."


class CollectionKnown(DocumentError):
    code = "collection_known"
    sentence = "There is a collection named {name} already."
    remedy = "Choose another name, or put the documents into that one."


class NothingToSummarise(DocumentError):
    code = "nothing_to_summarise"
    sentence = "{file} has no text that could be summarised."
    remedy = "If it was added a moment ago, wait until it has been read; a scan may need OCR."


class CollectionUnknown(DocumentError):
    code = "collection_unknown"
    sentence = "There is no collection named {name}."
    remedy = (
        "Choose another, or index something into it: escritoire index --collection {name} PATH."
    )


class FolderAway(DocumentError):
    code = "folder_away"
    sentence = "The folder {file} is not there now: {reason}."
    remedy = "Plug in or connect the drive that it is on. What was read of it stays searchable."


class FolderKnown(DocumentError):
    code = "folder_known"
    sentence = "{file} is watched already, as {other} is."
    remedy = "Choose a folder that neither lies in a watched one nor holds one."


class FolderNotWatched(DocumentError):
    code = "folder_not_watched"
    sentence = "{file} is not a watched folder."
    remedy = "Choose one of those on the Documents page, or see: escritoire folders list."
