"""Errors of the profile folder and its store."""

from __future__ import annotations

from desktop.domain.errors.base import EscritoireError


class ProfileError(EscritoireError):
    """Something about the profile folder, named by the fact `profile`."""


class ProfileInUse(ProfileError):
    code = "profile_in_use"
    sentence = "Another copy of Escritoire has the profile {profile} open."
    remedy = "Close that copy, or choose another profile with --profile."


class ProfileUnwritable(ProfileError):
    code = "profile_unwritable"
    sentence = "The folder {profile} cannot be used: {reason}."
    remedy = "Choose a folder that you may write to with --profile."


class PassphraseNeeded(ProfileError):
    code = "passphrase_needed"
    sentence = "The profile {profile} needs a passphrase, as no keyring here holds its key."
    remedy = "Put one into a file and give it with --passphrase-file PATH."


class PassphraseWrong(ProfileError):
    code = "passphrase_wrong"
    sentence = "That passphrase does not open the profile {profile}."
    remedy = "Check capitals and keyboard layout and try again."


class KeyLost(ProfileError):
    code = "key_lost"
    sentence = "The keyring no longer holds the key of the profile {profile}."
    remedy = "Unlock the keyring, or give the passphrase with --passphrase-file PATH."


class StoreDamaged(ProfileError):
    code = "store_damaged"
    sentence = "The database of the profile {profile} is damaged; it has not been changed."
    remedy = "Put back the newest backup from {backups}, or start with another profile."


class StoreNewer(ProfileError):
    code = "store_newer"
    sentence = "The profile {profile} was made by a newer version of Escritoire."
    remedy = "Open it with that version, or choose another profile with --profile."
