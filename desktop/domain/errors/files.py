"""Errors of the disk and of single files that are no documents."""

from __future__ import annotations

from desktop.domain.errors.base import EscritoireError


class DiskFull(EscritoireError):
    code = "disk_full"
    sentence = "The disk is full: {path} could not be written."
    remedy = "Free some space and try again; nothing that was saved is lost."


class FileUnreadable(EscritoireError):
    code = "file_unreadable"
    sentence = "{file} cannot be read: {reason}."
    remedy = "Check the path and the right to read it."


class FileUnwritable(EscritoireError):
    code = "file_unwritable"
    sentence = "{file} cannot be written: {reason}."
    remedy = "Choose a folder that you may write to."


class IndexDamaged(EscritoireError):
    code = "index_damaged"
    sentence = "The search index is damaged ({reason})."
    remedy = "Start Escritoire again: it rebuilds the index from your stored documents."


class QueriesInvalid(EscritoireError):
    code = "queries_invalid"
    sentence = "Line {line} of {file} cannot be read: {reason}."
    remedy = 'Give one JSON object a line, such as {{"id": "1", "query": "Who signed it?"}}.'
