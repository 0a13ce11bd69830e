"""Errors of the network: the hub, its tokens and its downloads."""

from __future__ import annotations

from desktop.domain.errors.base import EscritoireError


class NetworkError(EscritoireError):
    """Something about a request to the hub, named by the fact `host` or `repository`."""


class Offline(NetworkError):
    code = "offline"
    sentence = "Escritoire is set to stay offline, so nothing was asked of {host}."
    remedy = "Turn the offline switch off in Settings to fetch models."


class HubUnreachable(NetworkError):
    code = "hub_unreachable"
    sentence = "{host} cannot be reached: {reason}."
    remedy = "Check the connection and the proxy; a download goes on where it stopped."


class HubRefused(NetworkError):
    code = "hub_refused"
    sentence = "{host} answered with an error ({status})."
    remedy = "Try again later; a download goes on where it stopped."


class HostNotAllowed(NetworkError):
    code = "host_not_allowed"
    sentence = "{host} is not one of the hosts that models may come from, so it was not asked."
    remedy = "If it is your own mirror, set it as the hub in Settings."


class TokenNeeded(NetworkError):
    code = "token_needed"
    sentence = "{repository} is given only to people who are signed in."
    remedy = "Enter an access token of yours in Settings, or with: escritoire models token."


class TokenRefused(NetworkError):
    code = "token_refused"
    sentence = "{host} does not know that access token."
    remedy = "Make a new one with the right to read, in your account there, and enter that."


class KeyringNeeded(NetworkError):
    code = "keyring_needed"
    sentence = "This computer offers no keyring, and an access token is kept nowhere else."
    remedy = "Unlock or install a keyring of the system, and enter the token again."


class LicenceNotAccepted(NetworkError):
    code = "licence_not_accepted"
    sentence = "{repository} is given only to people who have accepted its licence."
    remedy = "Accept it at {page} and try again."


class RepositoryUnknown(NetworkError):
    code = "repository_unknown"
    sentence = "The hub has no {repository}."
    remedy = "Check how it is spelt, or search for it."


class DownloadCorrupt(NetworkError):
    code = "download_corrupt"
    sentence = "What came for {file} is not what the hub promised, so it was thrown away."
    remedy = "Fetch it again; if that happens twice, something between here and the hub changes it."
