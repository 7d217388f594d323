"""A program with a token, and what the map in full costs without any framework."""

import json
from math import sqrt

import psycopg

from bench.frame import Answer
from bench.frame_map import NUMBER, Editor
from journeys.full import FullGlance, Row, plain
from journeys.models import Journey
from journeys.nps import asked_for
from journeys.placed import ASKED, MapTouchpoint
from journeys.statements_in_full import GLANCE_IN_FULL, LEARNED_HERE, STANDING_IN_FULL
from workspaces import clock
from workspaces.models import ApiToken
from workspaces.secrets import digest

TOLD = (*MapTouchpoint._fields[:ASKED], *Row._fields[1:])  # what each row of STANDING_IN_FULL says
JOURNEY = "SELECT id, name, note, category, standing, version, revision FROM journeys_journey WHERE id = %(journey)s"
# The same information, names and nesting made by PostgreSQL, as far as it is plain facts and sums.
BUILT = """
    WITH learned AS (
        SELECT touchpoint_id, json_agg(json_build_object('id', id, 'kind', kind, 'text', text, 'mentions', mentions,
                                                         'version', version) ORDER BY mentions DESC, id) AS insights
        FROM feedback_insight
        WHERE archived_at IS NULL
          AND touchpoint_id IN (SELECT touchpoint_id FROM journeys_placement WHERE journey_id = %(journey)s)
        GROUP BY touchpoint_id
    ), weighed AS (
        SELECT placement.*, touchpoint.importance * (1 + moment_of_truth::int) * sqrt(share / 100.0) AS weight,
               score.score, score.known AND score.answers >= 5 AS shown,
               json_build_object(
                   'id', placement.id, 'version', placement.version, 'moment_of_truth', moment_of_truth,
                   'share', share, 'alternative_group', alternative_group, 'customer_action', customer_action,
                   'quote', quote, 'expectation', placement.expectation, 'assumed_emotion', assumed_emotion,
                   'backstage', backstage, 'position', placement."position",
                   'feelings', json_build_object(
                       'perceived', coalesce(score.perception, assumed_emotion::float),
                       'source', score.perception_source,
                       'expected', coalesce(score.expectation, placement.expectation::float),
                       'gap', coalesce(score.perception, assumed_emotion::float)
                              - coalesce(score.expectation, placement.expectation::float)),
                   'station', row_number() OVER (ORDER BY phase."position", placement."position"),
                   'touchpoint', json_build_object(
                       'id', touchpoint.id, 'version', touchpoint.version, 'name', touchpoint.name,
                       'note', touchpoint.note,
                       'channel', json_build_object('id', channel.id, 'name', channel.name, 'icon', channel.icon),
                       'contact', contact, 'directness', directness, 'device', device,
                       'owner', json_build_object('team', team.id, 'member', member.id,
                                                  'name', coalesce(team.name, person.name)),
                       'importance', importance, 'target', target, 'archived_at', touchpoint.archived_at,
                       'health', json_build_object(
                           'score', round(score.score::numeric), 'exact', score.score, 'sd', sd,
                           'low', greatest(score.score - 1.959964 * sd, 0),
                           'high', least(score.score + 1.959964 * sd, 100), 'answers', answers,
                           'state', CASE WHEN score.known THEN CASE WHEN answers >= 30 AND sd <= 5.1 THEN 'measured'
                                                                    ELSE 'indicative' END ELSE 'unknown' END,
                           'band', CASE WHEN score.score < 40 THEN 'critical' WHEN score.score < 60 THEN 'weak'
                                        WHEN score.score < 80 THEN 'good' ELSE 'strong' END,
                           'last_heard', score.last_heard, 'version', score.version),
                       'insights', coalesce(learned.insights, '[]'))) AS told
        FROM journeys_placement placement
        JOIN journeys_phase phase ON phase.id = placement.phase_id
        JOIN touchpoints_touchpoint touchpoint ON touchpoint.id = placement.touchpoint_id
        LEFT JOIN touchpoints_channel channel ON channel.id = touchpoint.channel_id
        LEFT JOIN touchpoints_healthscore score
          ON score.subject_id = touchpoint.subject_id AND score.persona_id IS NULL
        LEFT JOIN workspaces_team team ON team.id = touchpoint.owner_team_id
        LEFT JOIN workspaces_membership member ON member.id = touchpoint.owner_member_id
        LEFT JOIN workspaces_user person ON person.id = member.user_id
        LEFT JOIN learned ON learned.touchpoint_id = touchpoint.id
        WHERE placement.journey_id = %(journey)s AND placement.archived_at IS NULL
    ), phases AS (
        SELECT phase."position", json_build_object(
            'id', phase.id, 'kind', kind, 'label', label, 'version', phase.version, 'position', phase."position",
            'health', sum(weight * score) FILTER (WHERE shown) / sum(weight) FILTER (WHERE shown),
            'placements', json_agg(told ORDER BY weighed."position") FILTER (WHERE weighed.id IS NOT NULL)) AS told
        FROM journeys_phase phase LEFT JOIN weighed ON weighed.phase_id = phase.id
        WHERE phase.journey_id = %(journey)s
        GROUP BY phase.id
    )
    SELECT json_build_object(
        'id', id, 'name', name, 'note', note, 'category', category, 'standing', standing, 'version', version,
        'revision', revision,
        'health', (SELECT sum(weight * score) FILTER (WHERE shown) / sum(weight) FILTER (WHERE shown) FROM weighed),
        'personas', (SELECT json_agg(persona) FROM journeys_journeypersona whose
                     JOIN personas_persona persona ON persona.id = persona_id WHERE journey_id = %(journey)s),
        'phases', (SELECT json_agg(told ORDER BY "position") FROM phases))::text
    FROM journeys_journey WHERE id = %(journey)s"""


class Program:
    """A service with a token of its own to an editor's workspace."""

    def __init__(self, editor: Editor) -> None:
        self.editor = editor
        secret = f"bench {next(NUMBER)}"
        ApiToken.objects.create(
            workspace=editor.workspace, name="BI", prefix="bench", token_hash=digest(secret), scopes=["read"]
        )
        self.header = f"Bearer {secret}"

    def ask(self, url: str, **headers: str) -> Answer:
        """GET."""
        return self.editor.ask(url, authorization=self.header, cookie="", **headers)


class RestFloor:
    """The map in full over a bare connection: no token, no rate, no ETag, no translation."""

    def __init__(self, connection: psycopg.Connection, journey: Journey) -> None:
        self.connection, self.journey = connection, journey
        self.asked = asked_for(journey, day=clock.today(journey.workspace.zone), persona=None)

    def dumped(self) -> str:
        """The same rows by the same statements, as plain values through json.dumps."""
        glanced = FullGlance(*self._read(GLANCE_IN_FULL[False], **self.asked)[0])
        learned: dict[int, list] = {}
        for touchpoint, *facts in self._read(LEARNED_HERE):
            learned.setdefault(touchpoint, []).append(facts)
        standing: dict[int, list[dict]] = {}
        weights: dict[int, list[tuple[float, float]]] = {}
        for row in self._read(STANDING_IN_FULL[False]):
            told = dict(zip(TOLD, row, strict=True))
            if told["known"]:
                weight = told["importance"] * (2 if told["moment_of_truth"] else 1) * sqrt(told["share"] / 100)
                weights.setdefault(row[2], []).append((weight, told["score"]))
                told["low"], told["high"] = told["score"] - 1.96 * told["sd"], told["score"] + 1.96 * told["sd"]
            told["insights"] = learned.get(told["touchpoint"], [])
            standing.setdefault(row[2], []).append(told)
        phases = [
            {**phase, "placements": standing.get(phase["id"], []), "health": _mean(weights.get(phase["id"], []))}
            for phase in glanced.phases
        ]
        everything = [pair for pairs in weights.values() for pair in pairs]
        facts = {"journey": self._read(JOURNEY)[0], "health": _mean(everything), "personas": glanced.personas}
        self.connection.commit()
        return json.dumps({**facts, "phases": phases}, ensure_ascii=False, separators=(",", ":"), default=plain)

    def built(self) -> str:
        """One statement, JSON and all."""
        told = self._read(BUILT)[0][0]
        self.connection.commit()
        return told

    def _read(self, sql: str, **more: object) -> list[tuple]:
        return self.connection.execute(sql, {"journey": self.journey.pk, **more}).fetchall()


def _mean(pairs: list[tuple[float, float]]) -> float | None:
    whole = sum(weight for weight, _ in pairs)
    return sum(weight * score for weight, score in pairs) / whole if whole else None
