"""What somebody types in as an address leads nowhere but to the public internet, and costs ten seconds at most."""

import datetime
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpcore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_django import Settings

from tests.receiving import Receiver
from workspaces import outward
from workspaces.models import Failure
from workspaces.outward import NotTaken, call, is_public

PUBLIC = ["93.184.215.14", "1.1.1.1", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e", "::ffff:1.1.1.1"]
CLOSED = {
    "this machine": ["127.0.0.1", "127.8.8.8", "::1", "0.0.0.0", "::", "::ffff:127.0.0.1", "64:ff9b::7f00:1"],
    "private": ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12:3456::1", "fec0::1"],
    "private within IPv6": ["::ffff:10.0.0.1", "::10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "2002:a00:1::"],
    "the link": ["169.254.1.1", "fe80::1", "::ffff:169.254.169.254"],
    "a cloud's own data": ["169.254.169.254", "100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2::254"],
    "many at once": ["224.0.0.1", "239.1.2.3", "255.255.255.255", "ff02::1"],
    "nobody's": ["240.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "2001:db8::1", "100::1"],
    "a provider's": ["100.64.0.1", "100.127.255.254"],
    "a tunnel": ["192.88.99.1", "2001::1", "2002:7f00:1::1", "2001:0:53aa:64c:0:5efe:7f00:1"],
}
Names = Callable[..., list[str]]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """`names("10.0.0.1")`: what every name stands for from now on; returns the names that are looked up."""
    asked: list[str] = []
    really = socket.getaddrinfo

    def stand_for(*addresses: str) -> list[str]:
        def look_up(host: str, port: int, *how: Any, **more: Any) -> list[Any]:
            if host in addresses:  # the system reads an address by the same call
                return really(host, port, *how, **more)
            asked.append(host)
            return [(0, 0, 0, "", (address, port)) for address in addresses]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        return asked

    return stand_for


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """To which addresses connections are made; none of them succeeds."""
    tried: list[str] = []

    def connect(_backend: object, host: str, *_how: object, **_more: object) -> httpcore.NetworkStream:
        tried.append(host)
        raise httpcore.ConnectError

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    return tried


def failure(url: str) -> NotTaken:
    with pytest.raises(NotTaken) as failed:
        call(url, b"{}", {})
    return failed.value


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_internet_may_be_called(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", [one for several in CLOSED.values() for one in several])
def test_nothing_else_may_be_called(address: str, names: Names, connected: list[str]) -> None:
    assert not is_public(ipaddress.ip_address(address))
    names(address)
    assert failure("https://tickets.example.org/").why is Failure.FORBIDDEN
    assert connected == []


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::]"])
def test_no_spelling_of_this_machine_is_called(host: str, connected: list[str]) -> None:
    assert failure(f"https://{host}/").why in {Failure.FORBIDDEN, Failure.UNKNOWN_HOST, Failure.BROKEN}
    assert connected == []


def test_one_closed_address_among_public_ones_is_enough(names: Names, connected: list[str]) -> None:
    names("1.1.1.1", "10.0.0.1", "93.184.215.14")
    assert failure("https://tickets.example.org/").why is Failure.FORBIDDEN
    assert connected == []


def test_a_name_is_looked_up_once_and_what_was_checked_is_called(names: Names, connected: list[str]) -> None:
    asked = names("1.1.1.1", "93.184.215.14")
    assert failure("https://tickets.example.org/").why is Failure.REFUSED
    assert asked == ["tickets.example.org"]
    assert connected == ["1.1.1.1", "93.184.215.14"]


def test_an_unknown_name_is_said_to_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_what: Any, **_how: Any) -> Any:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    assert failure("https://tickets.example.org/").why is Failure.UNKNOWN_HOST


def test_only_the_very_host_and_port_that_operators_name_is_let_through(
    receiver: Receiver, another: Receiver, settings: Settings
) -> None:
    settings.WEBHOOKS_MAY_REACH = [f"127.0.0.1:{receiver.port}"]
    assert call(receiver.url, b"{}", {}) == 204
    for url in (another.url, f"http://localhost:{receiver.port}/", f"http://127.0.0.2:{receiver.port}/"):
        assert failure(url).why is Failure.FORBIDDEN
    assert (len(receiver.calls), another.calls) == (1, [])


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(status: int, receiver: Receiver, another: Receiver) -> None:
    receiver.answers, receiver.headers = [status], {"Location": another.url}
    failed = failure(receiver.url)
    assert (failed.why, failed.status) == (Failure.REDIRECT, status)
    assert another.calls == []


def test_a_proxy_of_the_environment_is_not_asked(
    receiver: Receiver, another: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{another.port}")
    assert call(receiver.url, b"{}", {}) == 204
    assert another.calls == []


def test_no_more_than_a_little_is_read(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    receiver.body = b"x" * 50_000_000
    read: list[int] = []
    stream = outward.Stream.read

    def counted(*given: Any, **more: Any) -> bytes:
        got = stream(*given, **more)
        read.append(len(got))
        return got

    monkeypatch.setattr(outward.Stream, "read", counted)
    assert call(receiver.url, b"{}", {}) == 204
    assert 0 < sum(read) < 300_000


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nx"])
def test_one_that_drips_is_cut_off_in_time(said: bytes, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outward, "IN_ALL", 0.6)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        settings.WEBHOOKS_MAY_REACH = [f"127.0.0.1:{port}"]

        def drip() -> None:
            taken, _who = server.accept()
            with taken:
                taken.sendall(said)
                try:
                    for _ in range(100):
                        taken.sendall(b"x" if said.endswith(b"x") else b"X-Slow: 1\r\n" if said else b"H")
                        time.sleep(0.05)
                except OSError:
                    return

        dripping = threading.Thread(target=drip)
        dripping.start()
        began = time.monotonic()
        assert failure(f"http://127.0.0.1:{port}/").why is Failure.SLOW
        assert time.monotonic() - began < 1.5
        dripping.join()


def test_what_is_no_web_server_is_said_to_be_none(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.WEBHOOKS_MAY_REACH = [f"127.0.0.1:{server.getsockname()[1]}"]
        threading.Thread(target=lambda: server.accept()[0].sendall(b"220 mail ready\r\n")).start()
        assert failure(f"http://{settings.WEBHOOKS_MAY_REACH[0]}/").why is Failure.BROKEN


def test_nobody_listening_is_no_connection(receiver: Receiver, settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.WEBHOOKS_MAY_REACH = [f"127.0.0.1:{server.getsockname()[1]}"]
    assert failure(f"http://{settings.WEBHOOKS_MAY_REACH[0]}/").why is Failure.REFUSED


@pytest.fixture
def encrypted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server on this machine with a certificate for tickets.example.org, from an authority that is trusted."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now).not_valid_after(now + datetime.timedelta(hours=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("tickets.example.org")]), critical=True)
    proof = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = tmp_path / "certificate.pem"
    file.write_bytes(secret + proof)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    monkeypatch.setattr(outward, "_trusted", lambda: ssl.create_default_context(cadata=proof.decode()))
    monkeypatch.setattr(outward, "is_public", lambda _address: True)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            try:
                taken, _who = server.accept()
                with context.wrap_socket(taken, server_side=True) as safe:
                    asked = b""
                    while not asked.endswith(b"{}"):
                        asked += safe.recv(10_000)
                    safe.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
            except OSError:
                return

        threading.Thread(target=answer, daemon=True).start()
        yield server.getsockname()[1]


def test_the_certificate_is_held_against_the_name_though_an_address_is_called(encrypted: int, names: Names) -> None:
    names("127.0.0.1")
    assert call(f"https://tickets.example.org:{encrypted}/", b"{}", {}) == 204


def test_a_certificate_of_another_name_does_not_hold(encrypted: int, names: Names) -> None:
    names("127.0.0.1")
    assert failure(f"https://elsewhere.example.org:{encrypted}/").why is Failure.TLS
