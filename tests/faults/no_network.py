"""Runs a command where there is no network, and reports every attempt to use one. Linux alone.

    unshare --net python -m tests.faults.no_network REPORT COMMAND...

A network namespace of its own has no way out, and nothing but the command is in it: whatever the
kernel counts there (packets, and connections refused for want of a route) the command tried, with
all the processes that it started; whatever is in the tables of sockets is theirs. A loopback device
is brought up, so that attempts to reach this very computer count as well.

Counters: RFC 1213 and RFC 2465, as /proc/net/snmp and /proc/net/snmp6 have them.
"""

from __future__ import annotations

import fcntl
import json
import socket
import struct
import subprocess
import sys
from pathlib import Path

NET = Path("/proc/net")
TABLES = ("tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6", "packet")
COUNTED = ("IpOutRequests", "IpOutNoRoutes", "Ip6OutRequests", "Ip6OutNoRoutes")
LOOK_EVERY_S = 0.02

SIOCSIFFLAGS = 0x8914
IFF_UP = 1


def bring_up_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))


def attempts() -> int:
    """How often anything in this namespace tried to send."""
    counters: dict[str, int] = {}
    lines = (NET / "snmp").read_text().splitlines()
    for names, values in zip(lines[::2], lines[1::2], strict=True):
        kind, _, rest = names.partition(":")
        numbers = map(int, values.partition(":")[2].split())
        counters |= {kind + name: at for name, at in zip(rest.split(), numbers, strict=True)}
    newer = NET / "snmp6"
    for line in newer.read_text().splitlines() if newer.exists() else []:
        name, number = line.split()
        counters[name] = int(number)
    return sum(counters.get(name, 0) for name in COUNTED)


def sockets() -> set[str]:
    """Every Internet socket there is here: its table and its local address."""
    found = set()
    for table in TABLES:
        path = NET / table
        rows = path.read_text().splitlines()[1:] if path.exists() else []
        found |= {f"{table} {row.split()[1]}" for row in rows}
    return found


def main(report: Path, command: list[str]) -> None:
    bring_up_loopback()
    before, seen = attempts(), set[str]()
    with subprocess.Popen(command) as process:
        while True:
            try:
                status = process.wait(LOOK_EVERY_S)
                break
            except subprocess.TimeoutExpired:
                seen |= sockets()
    told = {"status": status, "attempts": attempts() - before, "sockets": sorted(seen)}
    report.write_text(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
