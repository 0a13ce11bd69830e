"""python -m tests.gui.shortcuts.portal_program ANSWER: a desktop portal on the session bus.

ANSWER is the code of every Response: 0 grants, 1 is a user who refuses. Once a shortcut is bound it
is pressed; a strange one of another session is pressed before. Prints a line once it is there, and
then the keys that were preferred.
"""

from __future__ import annotations

import sys

from jeepney import DBusAddress, HeaderFields, MessageType, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from desktop.gui.shortcuts.portal import BUS, ID, PATH, REQUEST, SHORTCUTS


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def signal(bus: DBusConnection, path: str, interface: str, name: str, *body: object) -> None:
    kinds = {"Response": "ua{sv}", "Activated": "osta{sv}", "ShortcutsChanged": "oa(sa{sv})"}
    bus.send(new_signal(DBusAddress(path, interface=interface), name, kinds[name], body))


def main() -> None:
    code = int(sys.argv[1])
    bus = open_dbus_connection("SESSION")
    bus.send_and_get_reply(message_bus.RequestName(BUS))
    say("ready")
    while True:
        message = bus.receive()
        fields = message.header.fields
        if message.header.message_type is not MessageType.method_call:
            continue
        sender = fields[HeaderFields.sender].removeprefix(":").replace(".", "_")
        member = fields[HeaderFields.member]
        if member == "Close":
            say("closed")
            continue
        options = message.body[-1]
        request = f"{PATH}/request/{sender}/{options['handle_token'][1]}"
        bus.send(new_method_return(message, "o", (request,)))
        if member == "CreateSession":
            session = f"{PATH}/session/{sender}/{options['session_handle_token'][1]}"
            signal(bus, request, REQUEST, "Response", code, {"session_handle": ("s", session)})
        elif member == "BindShortcuts":
            session, ((name, about),), _window, _options = message.body
            say(about["preferred_trigger"][1])
            bound = [(name, {"trigger_description": ("s", "Press Ctrl+Alt+R")})]
            results = {"shortcuts": ("a(sa{sv})", bound)}
            signal(bus, request, REQUEST, "Response", code, results)
            signal(bus, PATH, SHORTCUTS, "Activated", f"{PATH}/session/x/y", ID, 1, {})
            signal(bus, PATH, SHORTCUTS, "Activated", session, name, 2, {})
            changed = [(name, {"trigger_description": ("s", "Press F9")})]
            signal(bus, PATH, SHORTCUTS, "ShortcutsChanged", session, changed)


if __name__ == "__main__":
    main()
