"""Exports of other programs, in the form that each of them has."""

from __future__ import annotations

from typing import Any

AT = 1_700_000_000.0


def chatgpt(title: str = "Notice periods", **changes: Any) -> dict[str, Any]:
    """A chat of conversations.json with a branch that was left, a tool's message and a picture."""

    def node(id_: str, parent: str | None, role: str, parts: list[Any], **more: Any) -> Any:
        message = {
            "id": id_,
            "author": {"role": role, "name": None, "metadata": {}},
            "create_time": AT,
            "content": {"content_type": "text", "parts": parts},
            "recipient": "all",
            "metadata": {},
        }
        return {"id": id_, "parent": parent, "children": [], "message": message | more}

    picture = {"content_type": "image_asset_pointer", "asset_pointer": "file-service://x"}
    mapping = {
        "root": {"id": "root", "message": None, "parent": None, "children": ["system"]},
        "system": node("system", "root", "system", [""]),
        "asked": node("asked", "system", "user", ["How long is the notice?", picture]),
        "left": node("left", "asked", "assistant", ["One week."]),
        "tool": node("tool", "asked", "assistant", ["search()"], recipient="browser"),
        "answered": node("answered", "tool", "assistant", ["Three months."]),
        "more": node("more", "answered", "assistant", ["By letter."]),
    }
    return {
        "title": title, "create_time": AT, "update_time": AT + 60, "mapping": mapping,
        "current_node": "more", "conversation_id": "c1",
    } | changes  # fmt: skip


def open_webui(title: str = "Rent") -> dict[str, Any]:
    """A chat of Open WebUI's export, with an answer that was regenerated."""
    messages = {
        "a": {"id": "a", "parentId": None, "role": "user", "content": "How much?",
              "timestamp": int(AT), "childrenIds": ["b", "c"]},
        "b": {"id": "b", "parentId": "a", "role": "assistant", "content": "Nothing."},
        "c": {"id": "c", "parentId": "a", "role": "assistant", "content": "900 euros.",
              "timestamp": int(AT)},
    }  # fmt: skip
    return {
        "id": "1", "user_id": "2", "title": title, "created_at": int(AT), "updated_at": int(AT),
        "chat": {"title": title, "models": ["llama3"], "timestamp": int(AT * 1000),
                 "history": {"currentId": "c", "messages": messages}, "messages": []},
    }  # fmt: skip


def plain() -> list[dict[str, str]]:
    """Messages alone, as GPT4All's Python package keeps them."""
    return [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Who signed?"},
        {"role": "assistant", "content": "Mira Quist."},
    ]
