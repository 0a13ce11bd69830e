"""Errors of rewriting: texts, their files, tones and voices."""

from __future__ import annotations

from desktop.domain.errors.base import EscritoireError


class RewriteError(EscritoireError):
    """Something about a text to be rewritten, a tone or a voice."""


class TextEmpty(RewriteError):
    code = "text_empty"
    sentence = "There is no text to rewrite."
    remedy = "Give a sentence or more."


class TextTooShort(RewriteError):
    code = "text_too_short"
    sentence = "A single word cannot be rewritten."
    remedy = "Give the sentence that it stands in."


class TextTooLong(RewriteError):
    code = "text_too_long"
    sentence = "The text has {characters} characters, more than the {limit} that can be rewritten."
    remedy = "Rewrite it in parts."


class TextFormatUnknown(RewriteError):
    code = "text_format_unknown"
    sentence = "{file} has a format that cannot be rewritten: {reason}."
    remedy = "Save it as .docx, .txt or .md, or paste its text."


class OriginalDamaged(RewriteError):
    code = "original_damaged"
    sentence = "{file} is damaged or not what its name says, so it is not rewritten: {reason}."
    remedy = "Open it in the program it came from and save it again."


class OriginalProtected(RewriteError):
    code = "original_protected"
    sentence = "{file} is protected by a password, so it cannot be rewritten."
    remedy = "Save a copy without one and rewrite that."


class OriginalTooDemanding(RewriteError):
    code = "original_too_demanding"
    sentence = "{file} takes more {resource} to take apart than is safe, so it is not rewritten."
    remedy = "Split it, or paste the part in question as text."


class OriginalChanged(RewriteError):
    code = "original_changed"
    sentence = "{file} has changed since it was read, so the rewrite does not fit it any more."
    remedy = "Open it again and rewrite it anew; the rewritten text can be copied until then."


class OriginalStays(RewriteError):
    code = "original_stays"
    sentence = "{file} is the original, which is never written over."
    remedy = "Give the rewritten file another name, such as {proposed}."


class FileThere(RewriteError):
    code = "file_there"
    sentence = "There is a file {file} already."
    remedy = "Give the rewritten file another name, or move that one away."


class ClipboardUnreadable(RewriteError):
    code = "clipboard_unreadable"
    sentence = "The {source} cannot be read from here: {reason}."
    remedy = "Start Escritoire first, which reads it itself, or hand the text in on standard input."


class ClipboardSecret(RewriteError):
    code = "clipboard_secret"
    sentence = "A password manager marked what is on the clipboard as secret, so it was not read."
    remedy = "Copy the text to rewrite, and try again."


class WindowSilent(RewriteError):
    code = "window_silent"
    sentence = "Escritoire has the profile {profile} open and does not answer."
    remedy = "Open its window; if a command of yours is running, wait until it has ended."


class ToneUnknown(RewriteError):
    code = "tone_unknown"
    sentence = "There is no tone named {tone}."
    remedy = "Choose one of these: {known}."


class ToneDamaged(RewriteError):
    code = "tone_damaged"
    sentence = "The tone in {file} cannot be read: {reason}."
    remedy = "Correct the file, or remove it; the tones that come with Escritoire show its form."


class VoiceUnknown(RewriteError):
    code = "voice_unknown"
    sentence = "There is no voice named {voice}."
    remedy = "Choose one that there is: {known}."


class VoiceKnown(RewriteError):
    code = "voice_known"
    sentence = "There is a voice named {voice} already."
    remedy = "Give this one another name, or remove or replace the one there is."


class VoiceDamaged(RewriteError):
    code = "voice_damaged"
    sentence = "{file} is not a voice that can be read: {reason}."
    remedy = "Have it exported again where it comes from."


class VoiceTooLong(RewriteError):
    code = "voice_too_long"
    sentence = "The voice {voice} cannot be kept: {field} may have {limit} at most."
    remedy = "Shorten that and save the voice again."


class PairsTooFew(RewriteError):
    code = "pairs_too_few"
    sentence = "The voice {voice} has {pairs} pairs, too few to hold some back and measure by them."
    remedy = "Give it at least {needed}."


class ExamplesWanting(RewriteError):
    code = "examples_wanting"
    sentence = "The voice {voice} has no pairs, so there is nothing to make more of."
    remedy = "Give it a pair first, or give a text to be rewritten in it."
