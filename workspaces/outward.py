"""Calling an address that somebody typed in, so that neither it nor its answer can do harm.

Its name is looked up once, every address it stands for must lie in the public internet, and the connection is made to
the very address that was checked, while the certificate is held against the name. Nothing is read beyond 64 kB and
nothing waited for beyond ten seconds in all, however slowly it drips; no redirect is followed, no proxy asked.
"""

import functools
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx
from django.conf import settings

from workspaces.models import Failure

CONNECT, IN_ALL = 3.0, 10.0  # seconds
MOST_READ = 64 * 1024  # bytes
DOORS = {"https": 443, "http": 80}
# What Python calls global and is not, or leads elsewhere. 168.63.129.16 answers within Azure, wherever one stands.
CLOSED = [
    ipaddress.ip_network(one)
    for one in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "168.63.129.16/32"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"),
    )
]
PUBLIC_6 = ipaddress.ip_network("2000::/3")  # all that has been given to anybody
CARRYING_4 = [ipaddress.ip_network("::ffff:0:0/96"), ipaddress.ip_network("64:ff9b::/96")]  # mapped, and NAT64

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotTaken(Exception):
    """The call failed: why, and the status that was answered if any was."""

    def __init__(self, why: Failure, status: int | None = None) -> None:
        super().__init__(why.value)
        self.why, self.status = why, status


class NotMade(httpcore.ConnectError):
    """There is nothing to connect to, and why."""

    def __init__(self, why: Failure) -> None:
        super().__init__(why.value)
        self.why = why


def is_public(address: Address) -> bool:
    """Whether it lies in the public internet: neither here, nor in this network, nor on the way to either."""
    if isinstance(address, ipaddress.IPv6Address):
        if any(address in network for network in CARRYING_4):
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in PUBLIC_6:
            return False
    return address.is_global and not address.is_multicast and not any(address in network for network in CLOSED)


def may_reach(url: str) -> bool:
    """Whether the operator allows this very host and port, wherever it lies and even without encryption."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or DOORS.get(parts.scheme)}" in settings.WEBHOOKS_MAY_REACH


def call(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Post this, and return the status of an answer that says it was taken (2xx). Raises NotTaken for all else."""
    deadline = time.monotonic() + IN_ALL
    try:
        with (
            httpx.Client(transport=Transport(deadline, checked=not may_reach(url)), trust_env=False) as client,
            client.stream("POST", url, content=body, headers=headers, timeout=IN_ALL) as answer,
        ):
            read = 0
            for part in answer.iter_raw():
                read += len(part)
                if read > MOST_READ:
                    break
    except httpx.TimeoutException as error:
        raise NotTaken(Failure.SLOW) from error
    except httpx.ConnectError as error:
        raise NotTaken(_why(error)) from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise NotTaken(Failure.BROKEN) from error
    if answer.is_success:
        return answer.status_code
    raise NotTaken(Failure.REDIRECT if 300 <= answer.status_code < 400 else Failure.STATUS, answer.status_code)


def _why(error: BaseException) -> Failure:
    """What lies at the bottom of a connection that was not made."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, NotMade):
            return cause.why
        if isinstance(cause, ssl.SSLError):
            return Failure.TLS
        cause = cause.__cause__ or cause.__context__  # httpcore takes the former away
    return Failure.REFUSED


class Transport(httpx.HTTPTransport):
    """HTTP over connections of `Backend`."""

    def __init__(self, deadline: float, *, checked: bool) -> None:
        super().__init__(verify=_trusted())
        backend = Backend(deadline, checked=checked)
        self._pool = httpcore.ConnectionPool(ssl_context=_trusted(), network_backend=backend)


@functools.cache
def _trusted() -> ssl.SSLContext:
    """The usual authorities, or those of SSL_CERT_FILE. Reading them takes longer than a call."""
    return httpx.create_ssl_context()


class Backend(httpcore.NetworkBackend):
    """Connects to addresses that were checked, and to no name."""

    def __init__(self, deadline: float, *, checked: bool) -> None:
        self.deadline, self.checked = deadline, checked
        self.sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to one of the addresses of that name, all of which must be public."""
        found = look_up(host, port, within=left(self.deadline))
        if self.checked and not all(map(is_public, found)):
            raise NotMade(Failure.FORBIDDEN)
        until = min(self.deadline, time.monotonic() + CONNECT)
        for address in found[:-1]:
            try:
                return Stream(self.sockets.connect_tcp(str(address), port, left(until)), self.deadline)
            except httpcore.ConnectError:
                continue
        return Stream(self.sockets.connect_tcp(str(found[-1]), port, left(until)), self.deadline)


class Stream(httpcore.NetworkStream):
    """A connection on which nothing is waited for beyond the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self.stream, self.deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What comes next."""
        return self.stream.read(max_bytes, left(self.deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        self.stream.write(buffer, left(self.deadline))

    def close(self) -> None:
        """Give it back."""
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """From here on encrypted, by a certificate for the name that was asked for."""
        return Stream(self.stream.start_tls(ssl_context, server_hostname, left(self.deadline)), self.deadline)

    def get_extra_info(self, info: str) -> Any:
        """As the connection itself says."""
        return self.stream.get_extra_info(info)


def left(deadline: float) -> float:
    """The seconds until then. Raises ConnectTimeout when there are none."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise httpcore.ConnectTimeout
    return seconds


def look_up(host: str, port: int, *, within: float) -> list[Address]:
    """All addresses of a name. Raises NotMade where it has none, and ConnectTimeout after so many seconds.

    The system's look-up knows no limit, so a thread of its own does it, and is left to itself when it takes too long.
    """
    answer: queue.SimpleQueue[list[Address] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:  # a name too long for the system is the latter
            answer.put(error)
        else:
            answer.put([ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found])

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answer.get(timeout=within)
    except queue.Empty as error:
        raise httpcore.ConnectTimeout from error
    if isinstance(found, Exception) or not found:
        raise NotMade(Failure.UNKNOWN_HOST)
    return found
