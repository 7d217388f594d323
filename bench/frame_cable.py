"""Become a program on a host of its own, in whose network nothing answers but the ports that are named.

    unshare --net --uts -- python frame_cable.py NAME SOCKET PORT… -- PROGRAM …

Listens on these ports of 127.0.0.1 and hands the listening sockets to whoever waits at SOCKET, outside. Standard
library only.
"""

import fcntl
import os
import socket
import struct
import sys

GET_FLAGS, SET_FLAGS, UP = 0x8913, 0x8914, 1  # from linux/sockios.h and linux/if.h
REQUEST = "16sh22x"


def bring_up_loopback() -> None:
    """A new network has a loopback, but it is down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        _, flags = struct.unpack(REQUEST, fcntl.ioctl(any_socket, GET_FLAGS, struct.pack(REQUEST, b"lo", 0)))
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack(REQUEST, b"lo", flags | UP))


def main(name: str, outside: str, *words: str) -> None:
    """Lay the cable, and become the program."""
    ports, program = words[: words.index("--")], words[words.index("--") + 1 :]
    socket.sethostname(name)
    bring_up_loopback()
    listening = [socket.create_server(("127.0.0.1", int(port))) for port in ports]
    if listening:
        with socket.socket(socket.AF_UNIX) as hand:
            hand.connect(outside)
            socket.send_fds(hand, [b"cable"], [one.fileno() for one in listening])
    os.execvp(program[0], program)


if __name__ == "__main__":
    main(*sys.argv[1:])
