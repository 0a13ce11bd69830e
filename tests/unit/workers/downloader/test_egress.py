"""Where a request may go, and what is said of one that went wrong."""

from __future__ import annotations

import httpx2
import pytest

from desktop.workers.downloader.egress import (
    NOT_ALLOWED,
    NOT_ENCRYPTED,
    origin,
    reason_of,
    refusal,
)

HUB = "https://huggingface.co"
HOSTS = [".huggingface.co", ".hf.co"]


@pytest.mark.parametrize(
    "url",
    [
        "https://huggingface.co/api/models",
        "https://cdn-lfs-us-1.hf.co/x?signature=1",
        "https://us.aws.cdn.hf.co/x",
        "https://HUGGINGFACE.co./x",
        "https://huggingface.co:443/x",
    ],
)
def test_the_hub_and_its_hosts_may_be_asked(url: str) -> None:
    assert refusal(httpx2.URL(url), httpx2.URL(HUB), HOSTS) == ""


@pytest.mark.parametrize(
    "url",
    [
        "https://hf.co.example/x",
        "https://evilhf.co/x",
        "https://huggingface.co@models.example/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://models.example/huggingface.co",
        "https://hf.co/x",  # the dot stands for what is below it alone
    ],
)
def test_no_other_host_may(url: str) -> None:
    assert refusal(httpx2.URL(url), httpx2.URL(HUB), HOSTS) == NOT_ALLOWED


def test_an_encrypted_hub_sends_nobody_to_where_nothing_is_encrypted() -> None:
    plain = httpx2.URL("http://cdn.hf.co/x")
    assert refusal(plain, httpx2.URL(HUB), HOSTS) == NOT_ENCRYPTED
    mirror = httpx2.URL("http://mirror.lan")
    assert refusal(httpx2.URL("http://mirror.lan/x"), mirror, []) == ""
    assert refusal(httpx2.URL("https://mirror.lan/x"), mirror, []) == ""
    assert refusal(httpx2.URL("http://huggingface.co/x"), mirror, []) == NOT_ALLOWED


def test_a_token_is_bound_to_scheme_host_and_port() -> None:
    hub = origin(httpx2.URL(HUB))
    assert hub == origin(httpx2.URL("https://HuggingFace.co:443/api"))
    for other in ("http://huggingface.co", "https://huggingface.co:8443", "https://hf.co"):
        assert origin(httpx2.URL(other)) != hub


def test_what_went_wrong_is_said_in_words() -> None:
    assert reason_of(httpx2.ReadTimeout("")) == "it stopped answering"
    assert "proxy" in reason_of(httpx2.ProxyError(""))
    untrusted = httpx2.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed")
    assert "certificate" in reason_of(untrusted)
    assert reason_of(httpx2.RemoteProtocolError("")) == "the connection broke off"
