"""Opening the map: statements, time against a floor without framework, an unchanged map, and its size on the wire.

The same for the map as programs pull it.
"""

import gzip
from html import escape
from math import sqrt

import psycopg
from django.urls import reverse

from bench.frame import arguments, figure, floor, interleaved, statements
from bench.frame_map import Editor, address, drawn
from bench.frame_rest_map import Program, RestFloor
from journeys.models import Journey
from journeys.statements import STANDING, SUFFERED
from journeys.views.drawing import DRAWINGS, station_html, touchpoint_html

BESIDES = ("django_session", "workspaces_user", "workspaces_membership")
JOURNEY = "SELECT name, note, revision FROM journeys_journey WHERE id = %(journey)s"
PHASES = 'SELECT id, kind, label, version FROM journeys_phase WHERE journey_id = %(journey)s ORDER BY "position"'


def main(words: list[str]) -> None:
    """Figures of `map`."""
    sizes = arguments(words, small=24, middle=120, large=500, rounds=30)
    editor = Editor()
    for touchpoints in (sizes.small, sizes.middle, sizes.large):
        journey = drawn(editor, touchpoints)
        url = address("journey", journey)
        editor.ask(url)
        DRAWINGS.clear()
        figure(f"map.statements.{touchpoints}", len(statements(lambda url=url: editor.ask(url))), "statements")
        if touchpoints != sizes.middle:
            size = len(gzip.compress(editor.ask(url).body, 6)) / 1024
            figure(f"map.html_gzip_kb.{touchpoints}", size, "kB")
            _rest_statements(Program(editor), journey, f".{touchpoints}")
    _times(editor, journey, f".{sizes.large}", sizes.rounds)
    _rest_times(Program(editor), journey, f".{sizes.large}", sizes.rounds)


def _rest_statements(program: Program, journey: Journey, name: str) -> None:
    url = reverse("api_journey_map", kwargs={"journey_id": journey.pk})
    program.ask(url)  # notes once a minute that the token is in use
    figure(f"map.rest_statements{name}", len(statements(lambda: program.ask(url))), "statements")


def _rest_times(program: Program, journey: Journey, name: str, rounds: int) -> None:
    url = reverse("api_journey_map", kwargs={"journey_id": journey.pk})
    etag = program.ask(url).headers["ETag"]
    raw = RestFloor(floor(), journey)

    def unchanged() -> None:
        if program.ask(url, if_none_match=etag).status != 304:
            raise SystemExit("the map changed while nobody changed it")

    jobs = {"dumped": raw.dumped, "built": raw.built, "full": lambda: program.ask(url), "unchanged": unchanged}
    seconds = interleaved(jobs, rounds=rounds)
    strictest = min(seconds["dumped"], seconds["built"])
    figure(f"map.rest_floor_ms{name}", strictest * 1000, "ms")
    figure(f"map.rest_p50_ms{name}", seconds["full"] * 1000, "ms")
    figure(f"map.rest_vs_floor{name}", seconds["full"] / strictest, "times")
    figure(f"map.rest_unchanged_vs_full{name}", seconds["unchanged"] / seconds["full"], "times")


def _times(editor: Editor, journey: Journey, name: str, rounds: int) -> None:
    url = address("journey", journey)
    etag = editor.ask(url).headers["ETag"]
    raw = Floor(floor(), journey)

    def cold() -> None:
        touchpoint_html.cache_clear()
        station_html.cache_clear()
        DRAWINGS.clear()
        editor.ask(url)

    def unchanged() -> None:
        if editor.ask(url, if_none_match=etag).status != 304:
            raise SystemExit("the map changed while nobody changed it")

    # Not in one round with the others: what a cold one leaves behind in memory would slow down who comes next.
    first = interleaved({"floor": raw.page, "cold": cold}, rounds=rounds)
    seconds = interleaved({"floor": raw.page, "warm": lambda: editor.ask(url), "unchanged": unchanged}, rounds=rounds)
    figure(f"map.floor_ms{name}", seconds["floor"] * 1000, "ms")
    figure(f"map.p50_ms{name}", seconds["warm"] * 1000, "ms")
    figure(f"map.p50_vs_floor{name}", seconds["warm"] / seconds["floor"], "times")
    figure(f"map.cold_vs_floor{name}", first["cold"] / first["floor"], "times")
    figure(f"map.unchanged_vs_full{name}", seconds["unchanged"] / seconds["warm"], "times")
    figure(f"map.unchanged_vs_floor{name}", seconds["unchanged"] / seconds["floor"], "times")


class Floor:
    """The same rows by the same statements over a bare connection, and the same information as plain HTML."""

    def __init__(self, connection: psycopg.Connection, journey: Journey) -> None:
        self.connection, self.journey = connection, journey

    def page(self) -> str:
        """The map without session, person, roles, translation, templates or cache."""
        name, note, revision = self._read(JOURNEY)[0]
        standing: dict[int, list[str]] = {}
        weights: dict[int, list[tuple[float, float]]] = {}
        for row in self._read(STANDING[False]):
            standing.setdefault(row[2], []).append(self._touchpoint(row))
            if row[27]:
                weight = row[14] * (2 if row[3] else 1) * sqrt(row[4] / 100)
                weights.setdefault(row[2], []).append((weight, row[24]))
        pains = "".join(f"<li>{escape(text)} {mentions}</li>" for *_, text, mentions in self._read(SUFFERED)[:20])
        phases = "".join(
            f"<section id=phase-{phase} data-version={version}><h2>{escape(label or kind)}</h2>"
            f"{len(standing.get(phase, ()))} {_mean(weights.get(phase, []))}<ol>{''.join(standing.get(phase, ()))}</ol>"
            "</section>"
            for phase, kind, label, version in self._read(PHASES)
        )
        everything = [pair for pairs in weights.values() for pair in pairs]
        self.connection.commit()
        return (
            f"<!doctype html><title>{escape(name)}</title><main data-revision={revision}><h1>{escape(name)}</h1>"
            f"<p>{escape(note)}</p>{_mean(everything)}{phases}<ul>{pains}</ul></main>"
        )

    def _read(self, sql: str) -> list[tuple]:
        return self.connection.execute(sql, {"journey": self.journey.pk}).fetchall()

    @staticmethod
    def _touchpoint(row: tuple) -> str:
        placement, version, star, touchpoint, name = row[0], row[1], row[3], row[11], row[13]
        channel, icon, score, answers, known = row[18], row[19], row[24], row[26], row[27]
        shown = f"{score + 0.5:.0f} {_band(score)} {answers}" if known else "unknown"
        return (
            f"<li id=placement-{placement} data-version={version}><i class={escape(icon or '')}></i>"
            f"<a href=/touchpoints/{touchpoint}/>{escape(name)}</a>{'★' if star else ''}"
            f"{escape(channel or '')} {shown}<a href=/placements/{placement}/move/>…</a></li>"
        )


def _band(score: float) -> str:
    return "critical" if score < 40 else "weak" if score < 60 else "good" if score < 80 else "strong"


def _mean(pairs: list[tuple[float, float]]) -> str:
    whole = sum(weight for weight, _ in pairs)
    return f"{sum(weight * score for weight, score in pairs) / whole:.0f}" if whole else "unknown"
