"""The live stream: from a commit to every open page, and what a page costs that only listens."""

import os
import re
import selectors
import socket
import statistics
import threading
import time
from urllib.parse import urlsplit

import psutil
from django.db import connection, transaction

from bench.frame import arguments, figure, floor
from bench.frame_house import House, house
from bench.frame_map import Editor, drawn
from journeys.actions.placements import move_placement
from journeys.models import Journey, Phase, Placement

NAME = "bench-live"
REVISION = re.compile(rb'"revision":(\d+)')
CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s"
HEARD_WITHIN = 10.0  # seconds
BEAT = 16.0  # seconds in which every stream has had its heartbeat, with the look whether its person still belongs here


def main(words: list[str]) -> None:
    """Figures of `live`."""
    sizes = arguments(words, streams=20, many=300, moves=60, seconds=int(BEAT))
    editor = Editor()
    journey = drawn(editor, 24)
    url = os.environ["DATABASE_URL"]
    named = f"{url}{'&' if '?' in url else '?'}application_name={NAME}"
    with house(live_env={"DATABASE_URL": named}) as servers:
        Streams(servers, editor, 3).end()  # the first of all opens the process's own connections
        empty = memory(servers.live_pid)
        for count in (sizes.streams, sizes.many):
            streams = Streams(servers, editor, count)
            seconds = moves(journey, editor, streams, sizes.moves)
            figure(f"live.commit_to_event_p50_ms.{count}", statistics.median(seconds) * 1000, "ms")
            figure(f"live.commit_to_event_p95_ms.{count}", seconds[int(len(seconds) * 0.95)] * 1000, "ms")
            if count == sizes.many:
                figure("live.bytes_per_event", streams.received / (count * sizes.moves), "bytes")
                figure("live.kb_per_stream", (memory(servers.live_pid) - empty) / 1024 / count, "kB")
                figure("live.database_connections", most_connections(sizes.seconds), "connections")
            streams.end()


def moves(journey: Journey, editor: Editor, streams: "Streams", count: int) -> list[float]:
    """Seconds from each commit until each of the streams told of it, in order of length."""
    here, to = Phase.objects.filter(journey=journey)[2:4]
    mover = Placement.objects.select_related("journey__workspace").filter(phase=here, archived_at=None)[0]
    found: list[float] = []
    for _ in range(count):
        mover.refresh_from_db(fields=["version"])
        committed: list[float] = []
        with transaction.atomic():
            transaction.on_commit(lambda stamps=committed: stamps.append(time.perf_counter()))
            change = move_placement(mover, to_phase=to, after=None, version=mover.version, by=editor.user)
        heard = streams.heard(change.revision)
        found += [at - committed[0] for at in heard]
        here, to = to, here
    return sorted(found)


def most_connections(seconds: int) -> int:
    """The most connections that the live process had at once while its streams were open, over a heartbeat."""
    most, until = 0, time.monotonic() + seconds
    with floor() as raw:
        while time.monotonic() < until:
            most = max(most, raw.execute(CONNECTIONS, [NAME]).fetchone()[0])
            raw.commit()
            time.sleep(0.02)
    return most


def memory(pid: int) -> int:
    """Bytes that the process and its children hold for themselves."""
    first = psutil.Process(pid)
    return sum(one.memory_full_info().uss for one in [first, *first.children(recursive=True)])


class Streams:
    """So many open pages of one person, read by one thread of ours."""

    def __init__(self, servers: House, editor: Editor, count: int) -> None:
        address = urlsplit(servers.live)
        sent = (
            f"GET {address.path}/{editor.workspace.slug} HTTP/1.1\r\nHost: {address.netloc}\r\n"
            f"Cookie: {editor.cookies}\r\n\r\n"
        ).encode()
        self.sockets = [socket.create_connection((address.hostname, address.port)) for _ in range(count)]
        self.told: dict[int, list[float]] = {}
        self.all_told, self.received, self.open = threading.Condition(), 0, True
        self.chosen = selectors.DefaultSelector()
        for one in self.sockets:
            one.sendall(sent)
            while b"resync" not in one.recv(4096):
                pass
            self.chosen.register(one, selectors.EVENT_READ)
        threading.Thread(target=self.listen, daemon=True).start()
        time.sleep(1)  # the subscription of the process, which asks all to look once more

    def listen(self) -> None:
        """Note when each stream told of each revision."""
        while self.open:
            for key, _ in self.chosen.select(0.2):
                text = key.fileobj.recv(4096)
                at = time.perf_counter()
                with self.all_told:
                    for revision in REVISION.findall(text):
                        self.told.setdefault(int(revision), []).append(at)
                        self.received += len(text)
                    self.all_told.notify()

    def heard(self, revision: int) -> list[float]:
        """When each of the streams told of it."""
        with self.all_told:
            if not self.all_told.wait_for(lambda: len(self.told.get(revision, [])) == len(self.sockets), HEARD_WITHIN):
                raise SystemExit(f"a stream did not tell of a change within {HEARD_WITHIN:g} s")
            return self.told[revision]

    def end(self) -> None:
        """Close all pages."""
        self.open = False
        for one in self.sockets:
            one.close()
        connection.close()
