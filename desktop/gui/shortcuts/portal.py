"""The global shortcut on Wayland: asked of the desktop portal, which asks the user.

Only some desktops have one; the others settle as absent. The portal decides which keys it becomes,
and says so. Nothing waits for an answer: each is a message that the event loop brings.

Source: "org.freedesktop.portal.GlobalShortcuts" and "org.freedesktop.portal.Request" in the XDG
Desktop Portal documentation; "Shortcuts" in the XDG specifications for the keys' names.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QKeySequence

from desktop.gui.shortcuts import GlobalShortcut, State
from desktop.gui.shortcuts.keys import taken_apart

BUS = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
REQUEST = "org.freedesktop.portal.Request"
SESSION = "org.freedesktop.portal.Session"
ID = "rewrite-selection"
GRANTED = 0  # a Response; 1 is a user who refused
LOGIN_WITHIN_S = 1.0

log = logging.getLogger(__name__)

MODIFIERS = (
    (Qt.KeyboardModifier.ControlModifier, "CTRL"),
    (Qt.KeyboardModifier.AltModifier, "ALT"),
    (Qt.KeyboardModifier.ShiftModifier, "SHIFT"),
    (Qt.KeyboardModifier.MetaModifier, "LOGO"),
)
# What xkbcommon calls the keys that Qt writes otherwise.
NAMES = {
    "Space": "space", "Ins": "Insert", "Del": "Delete", "PgUp": "Prior", "PgDown": "Next",
    "Esc": "Escape", "Backspace": "BackSpace", ",": "comma", ".": "period", "-": "minus",
    "+": "plus", "/": "slash", ";": "semicolon", "=": "equal", "'": "apostrophe",
}  # fmt: skip


def trigger(keys: QKeySequence) -> str:
    """The keys as the portal writes them ("CTRL+ALT+r"); "" for what is no shortcut."""
    wanted = taken_apart(keys)
    if wanted is None:
        return ""
    name, held = wanted
    name = NAMES.get(name, name.lower() if len(name) == 1 else name)
    return "+".join([*(word for modifier, word in MODIFIERS if held & modifier), name])


def text_of(value: Any) -> str:
    """The text in a variant that the portal sent; "" if it is none."""
    match value:
        case ("s" | "o", str(text)):
            return text
    return ""


def given_keys(results: Any) -> str:
    """Which keys our shortcut became, in the portal's words; "" if it says nothing of them."""
    shortcuts = results.get("shortcuts") if isinstance(results, dict) else None
    match shortcuts:
        case (str(), list(found)):
            for shortcut in found:
                match shortcut:
                    case (str(name), dict(about)) if name == ID:
                        return text_of(about.get("trigger_description"))
    return ""


class PortalShortcut(GlobalShortcut):
    """Absent until it is prepared, and where there is no session bus to connect to."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()  # guards the two that follow
        self._connection: DBusConnection | None = None
        self._ended = False
        self._notifier: QSocketNotifier | None = None
        self._portal = DBusAddress(PATH, BUS, SHORTCUTS)
        self._answers: dict[int, Callable[[Message], None]] = {}  # by the number of the question
        self._granted: dict[str, Callable[[int, Any], None]] = {}  # by the path of a request
        self._session = ""
        self._wanted = ""
        self._asked = 0  # how often; what comes of an earlier time is not listened to

    def prepare(self) -> None:
        """Connect to the session bus, which may be slow to let one in."""
        with self._lock:
            if self._connection is not None or self._ended:
                return
            try:
                self._connection = open_dbus_connection("SESSION", auth_timeout=LOGIN_WITHIN_S)
            except Exception as error:  # noqa: BLE001 (no bus, or one that says something else)
                log.warning("no session bus for a global shortcut: %s", error)

    def take(self, keys: QKeySequence) -> None:
        self._close_session()
        self._asked += 1
        self._wanted = trigger(keys)
        if not self._wanted:
            self.settle(State.UNFIT)
            return
        if not self._listen():
            self.settle(State.ABSENT)
            return
        self.settle(State.ASKED)
        token = f"escritoire{self._asked}"
        options = {"handle_token": ("s", token), "session_handle_token": ("s", token)}
        self._request("CreateSession", "a{sv}", (options,), token, self._begun)

    def release(self) -> None:
        self._close_session()
        self._asked += 1
        self.settle(State.OFF)

    def end(self) -> None:
        with self._lock:
            self._ended = True
            connection, self._connection = self._connection, None
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        if connection is not None:
            connection.close()  # which ends the session

    # -- the conversation

    def _listen(self) -> bool:
        """Whether there is a portal to talk to; hears what it says from now on."""
        connection = self._connection
        if connection is None:
            return False
        if self._notifier is None:
            socket = connection.sock.fileno()
            self._notifier = QSocketNotifier(socket, QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._read)
            for interface in (REQUEST, SHORTCUTS):
                rule = MatchRule(type="signal", sender=BUS, interface=interface)
                connection.send(message_bus.AddMatch(rule))
            QTimer.singleShot(0, self, self._read)  # what came with the greeting wakes nobody
        return True

    def _begun(self, code: int, results: Any) -> None:
        session = text_of(results.get("session_handle")) if isinstance(results, dict) else ""
        if code != GRANTED or not session:
            self.settle(State.ABSENT)
            return
        self._session = session
        about = {
            "description": (
                "s",
                QCoreApplication.translate("Portal", "Rewrite what is selected"),
            ),
            "preferred_trigger": ("s", self._wanted),
        }
        token = f"escritoire{self._asked}bind"
        body = (session, [(ID, about)], "", {"handle_token": ("s", token)})
        self._request("BindShortcuts", "oa(sa{sv})sa{sv}", body, token, self._bound)

    def _bound(self, code: int, results: Any) -> None:
        if code == GRANTED:
            self.settle(State.READY, given_keys(results))
        else:
            self._close_session()
            self.settle(State.ABSENT)

    def _request(
        self,
        method: str,
        signature: str,
        body: tuple[Any, ...],
        token: str,
        granted: Callable[[int, Any], None],
    ) -> None:
        """Ask the portal for something that it answers with a signal, from a path known before."""
        connection = self._connection
        if connection is None:
            return
        asked = self._asked
        sender = connection.unique_name.removeprefix(":").replace(".", "_")
        path = f"{PATH}/request/{sender}/{token}"

        def hear(code: int, results: Any) -> None:
            if asked == self._asked:
                granted(code, results)

        def refused(answer: Message) -> None:
            if answer.header.message_type is MessageType.error:
                self._granted.pop(path, None)
                if asked == self._asked:
                    self.settle(State.ABSENT)  # no portal, or one without shortcuts

        self._granted[path] = hear
        question = new_method_call(self._portal, method, signature, body)
        serial = next(connection.outgoing_serial)
        self._answers[serial] = refused
        connection.send(question, serial)

    def _close_session(self) -> None:
        session, self._session = self._session, ""
        if session and self._connection is not None:
            self._connection.send(new_method_call(DBusAddress(session, BUS, SESSION), "Close"))

    def _read(self) -> None:
        while self._connection is not None:
            try:
                message = self._connection.receive(timeout=0)
            except TimeoutError:
                return
            except OSError:  # the bus has gone
                self.end()
                self.settle(State.ABSENT)
                return
            self._hear(message)

    def _hear(self, message: Message) -> None:
        fields = message.header.fields
        answered = self._answers.pop(fields.get(HeaderFields.reply_serial, 0), None)
        if answered is not None:
            answered(message)
            return
        path = fields.get(HeaderFields.path, "")
        match fields.get(HeaderFields.interface), fields.get(HeaderFields.member), message.body:
            case (interface, "Response", (int(code), results)) if interface == REQUEST:
                granted = self._granted.pop(path, None)
                if granted is not None:
                    granted(code, results)
            case (interface, "Activated", (session, name, *_)) if interface == SHORTCUTS:
                if session == self._session and name == ID:
                    self.pressed.emit()
            case (interface, "ShortcutsChanged", (session, found)) if interface == SHORTCUTS:
                if session == self._session:
                    keys = given_keys({"shortcuts": ("a(sa{sv})", found)})
                    self.settle(State.READY, keys)
