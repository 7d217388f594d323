"""Moving a touchpoint: statements, time against a floor that does the same transaction, and many at once."""

import gzip
import json
import random

import psycopg
from django.db import connections

from bench.frame import arguments, figure, floor, interleaved, rate, statements
from bench.frame_map import Editor, address, drawn
from journeys.models import Change, Journey, Phase, Placement

BESIDES = ("django_session", "workspaces_user", "workspaces_membership")


def main(words: list[str]) -> None:
    """Figures of `move`."""
    sizes = arguments(words, small=24, large=500, rounds=60, connections=4, each=60)
    editor = Editor()
    small, large = drawn(editor, sizes.small), drawn(editor, sizes.large)
    for touchpoints, journey in ((sizes.small, small), (sizes.large, large)):
        mover = Mover(editor, journey)
        mover.there_and_back()
        sent = statements(mover.there_and_back, *BESIDES)
        figure(f"move.statements.{touchpoints}", len(sent) // 2, "statements")
    times = []
    for suffix, journey in (("", small), (f".{sizes.large}", large)):
        mover, raw = Mover(editor, journey), Floor(floor(), journey)
        seconds = interleaved({"floor": raw.move, "move": mover.move}, rounds=sizes.rounds)
        figure(f"move.p50_ms{suffix}", seconds["move"] * 1000, "ms")
        figure(f"move.p50_vs_floor{suffix}", seconds["move"] / seconds["floor"], "times")
        times.append(seconds["move"])
    figure(f"move.{sizes.large}_vs_{sizes.small}", times[1] / times[0], "times")
    figure(f"move.answer_gzip_kb.{sizes.large}", len(gzip.compress(mover.answer, 6)) / 1024, "kB")
    _many_at_once(editor, small, sizes.connections, sizes.each)


def _many_at_once(editor: Editor, journey: Journey, connections_at_once: int, each: int) -> None:
    before = sorted(Placement.objects.filter(journey=journey).values_list("pk", flat=True))
    counted = Change.objects.filter(journey=journey).count()
    movers = [Mover(editor, journey, seed=number) for number in range(connections_at_once)]
    connections.close_all()

    def move(number: int) -> None:
        if movers[number].anywhere() not in {200, 409}:
            raise SystemExit("a move was answered with neither 200 nor 409")

    figure("move.rate", rate(move, connections=connections_at_once, each=each), "moves/s")
    standing = list(
        Placement.objects.filter(journey=journey, archived_at=None).values_list("pk", "phase_id", "position")
    )
    places = {(phase, position) for _, phase, position in standing}
    figure("move.duplicates", len(standing) - len(places), "places")
    figure("move.lost", len(set(before) - {pk for pk, _, _ in standing}) + _gaps(standing), "touchpoints")
    done = Change.objects.filter(journey=journey).count() - counted
    figure("move.conflicts", connections_at_once * each - done, "moves")


def _gaps(standing: list[tuple[int, int, int]]) -> int:
    """How many positions are missing between the first and the last of each phase."""
    phases: dict[int, list[int]] = {}
    for _, phase, position in standing:
        phases.setdefault(phase, []).append(position)
    return sum(max(positions) + 1 - len(set(positions)) for positions in phases.values())


class Mover:
    """Drags touchpoints as the page's script does: it sends what it last saw."""

    def __init__(self, editor: Editor, journey: Journey, seed: int = 1) -> None:
        self.editor, self.journey, self.random = editor, journey, random.Random(seed)
        self.phases = list(Phase.objects.filter(journey=journey).values_list("pk", flat=True))
        self.travelling = self._standing(self.phases[1])[0]
        self.home = True
        self.answer = b""

    def _standing(self, phase: int) -> list[tuple[int, int]]:
        rows = Placement.objects.filter(phase=phase, archived_at=None).order_by("position")
        return list(rows.values_list("pk", "version"))

    def _post(self, placement: int, version: int, phase: int, after: int | str) -> int:
        url = address("placement_move", self.journey, placement_id=placement)
        body = {"phase": phase, "after": after, "version": version}
        answer = self.editor.ask(url, body, hx_request="true")
        self.answer = answer.body
        if answer.status == 200:
            self.travelling = (placement, json.loads(answer.headers["HX-Trigger"])["etappe:map"]["version"])
        return answer.status

    def move(self) -> None:
        """One touchpoint to the head of another phase, next time back again."""
        phase = self.phases[2 if self.home else 1]
        self.home = not self.home
        if self._post(*self.travelling, phase, "") != 200:
            raise SystemExit("a move that nobody disturbed was refused")

    def there_and_back(self) -> None:
        """Both of them."""
        self.move()
        self.move()

    def anywhere(self) -> int:
        """A random touchpoint behind a random neighbour, as this page sees the map."""
        there = self.random.choice(self.phases)
        neighbours = self._standing(there)
        rows = Placement.objects.filter(journey=self.journey, archived_at=None).values_list("pk", "version")
        placement, version = self.random.choice(list(rows))
        after = self.random.choice(["", *(pk for pk, _ in neighbours if pk != placement)])
        return self._post(placement, version, there, after)


class Floor:
    """The same transaction over a bare connection: lock, read, renumber, history, revision, peer group."""

    def __init__(self, raw: psycopg.Connection, journey: Journey) -> None:
        self.raw, self.journey = raw, journey
        phases = list(Phase.objects.filter(journey=journey).values_list("pk", flat=True))
        self.here, self.there = phases[3], phases[4]
        self.placement, self.touchpoint = (
            Placement.objects.filter(phase=self.here, position=0).values_list("pk", "touchpoint_id").get()
        )

    def move(self) -> None:
        """One touchpoint to the head of the other phase."""
        run = self.raw.execute
        journey, workspace = self.journey.pk, self.journey.workspace_id
        revision = run("SELECT revision FROM journeys_journey WHERE id = %s FOR UPDATE", [journey]).fetchone()[0] + 1
        run("SELECT phase_id, position, version FROM journeys_placement WHERE id = %s", [self.placement]).fetchone()
        run(
            """UPDATE journeys_placement SET
                 phase_id = CASE WHEN id = %(it)s THEN %(there)s ELSE phase_id END,
                 position = CASE WHEN id = %(it)s THEN 0
                   WHEN phase_id = %(here)s THEN position - 1 ELSE position + 1 END,
                 version = CASE WHEN id = %(it)s THEN version + 1 ELSE version END
               WHERE archived_at IS NULL AND phase_id IN (%(here)s, %(there)s)""",
            {"it": self.placement, "here": self.here, "there": self.there},
        )
        run("UPDATE journeys_journey SET revision = %s WHERE id = %s", [revision, journey])
        run(
            "INSERT INTO journeys_change (workspace_id, journey_id, revision, verb, what, undo, at)"
            " VALUES (%s, %s, %s, 'move', '{}', '{}', now())",
            [workspace, journey, revision],
        )
        run(
            """UPDATE touchpoints_touchpoint SET peer_group = (
                 SELECT phase.kind FROM journeys_placement JOIN journeys_phase phase ON phase.id = phase_id
                 WHERE touchpoint_id = %(it)s AND archived_at IS NULL
                 GROUP BY phase.kind ORDER BY count(*) DESC, min(phase.position) LIMIT 1) WHERE id = %(it)s""",
            {"it": self.touchpoint},
        )
        self.raw.commit()
        self.here, self.there = self.there, self.here
