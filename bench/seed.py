"""One database of very many answers about a thousand touchpoints and eleven months, kept between runs.

`bench seed --answers 10000000` builds it in `var/bench`, unless one of this size and schema is there. Answers are made
by the database itself, cells are added up from them, sums and scores are counted from the cells by the product:
`differences` finds none.
"""

import hashlib
import os
import time
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from bench.frame import arguments, figure
from bench.frame_map import Editor, drawn
from config import throwaway
from feedback.actions import find_differences
from personas.models import Persona
from touchpoints.actions import settle_windows
from touchpoints.health.combine import DEFAULT_MODEL
from touchpoints.health.metrics import Metric, Scale, scales_of
from touchpoints.models import HealthScore, Touchpoint
from workspaces import clock

MAPS, ON_A_MAP = 2, 500
DAYS = 330
ASKED = (Metric.CSAT, Metric.CES, Metric.NPS)  # by every questionnaire, on their usual scales
AT_ONCE = 100_000  # questionnaires a statement
SUBJECTS_AT_ONCE = 50

# Every touchpoint is asked about equally often, every day equally often, by two personas and by nobody knows whom. How
# good the answers are differs by touchpoint.
ANSWERS = """
WITH sheets AS (
    INSERT INTO feedback_submission
        (workspace_id, source, external_id, occurred_at, day, persona_id, device, segment, created_at)
    SELECT %(workspace)s, 'seed', number, (day + time '12:00') AT TIME ZONE %(zone)s, day,
        (%(personas)s::bigint[])[1 + number / %(touchpoints)s / %(days)s %% 3], '', '', now()
    FROM (
        SELECT number, %(today)s::date - (number / %(touchpoints)s %% %(days)s)::int AS day
        FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS number
    ) AS dated
    RETURNING id, external_id::bigint AS number
)
INSERT INTO feedback_response (workspace_id, submission_id, question, version, subject_id, metric, scale, value, text)
SELECT %(workspace)s, id, metric, 1, (%(subjects)s::bigint[])[1 + number %% %(touchpoints)s], metric, scale,
    low + floor(power(random(), 0.3 + number %% %(touchpoints)s %% 10 * 0.1) * places)::int, ''
FROM sheets, unnest(%(metrics)s::text[], %(scales)s::text[], %(lows)s::int[], %(sizes)s::int[])
    AS asked (metric, scale, low, places)
"""
CELLS = """
INSERT INTO touchpoints_dailycell (workspace_id, subject_id, persona_id, metric, scale, day, counts)
SELECT response.workspace_id, subject_id, persona_id, metric, scale, day, ARRAY[{counts}]::int[]
FROM feedback_response AS response
JOIN feedback_submission AS submission ON submission.id = response.submission_id
WHERE metric = '{metric}' AND scale = '{scale}'
GROUP BY response.workspace_id, subject_id, persona_id, metric, scale, day
"""


def main(words: list[str]) -> None:
    """Build it, and print how long that took and how large it is."""
    sizes = arguments(words, answers=10_000_000)
    began = time.perf_counter()
    url = seeded(sizes.answers)
    figure("seed.built_s", time.perf_counter() - began, f"s for {sizes.answers} answers")
    use(url)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        figure("seed.size_gb", cursor.fetchone()[0] / 1e9, "GB")
    figure("seed.differences", sum(1 for _ in find_differences()), "differences")


def seeded(answers: int) -> str:
    """The address of the database with so many answers, built if there is none of this schema yet."""
    began = settings.DATABASE_URL
    name = f"etappe_seed_{answers}_{_fingerprint()}"
    with throwaway.maintenance(began) as raw:
        older = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        found = [database for (database,) in raw.execute(older, [f"etappe_seed_{answers}_"]).fetchall()]
        if name in found:
            return throwaway.named(began, name)
        for database in found:
            raw.execute(f'DROP DATABASE "{database}" WITH (FORCE)'.encode())
    connection.close()
    draft = throwaway.clone(began, f"{name}_new")
    use(draft)
    _build(answers)
    use(began)
    with throwaway.maintenance(began) as raw:
        raw.execute(f'ALTER DATABASE "{name}_new" RENAME TO "{name}"'.encode())
    return throwaway.named(began, name)


def use(url: str) -> None:
    """Let this process work on that database from now on."""
    connection.close()
    settings.DATABASE_URL = os.environ["DATABASE_URL"] = url
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = urlsplit(url).path.strip("/")


def _fingerprint() -> str:
    """Of the tables as they are, of what is put into them, and of how scores are reckoned."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        known = repr([DEFAULT_MODEL.version, *cursor.fetchall()]).encode()
    return hashlib.sha256(known + Path(__file__).read_bytes()).hexdigest()[:12]


def _build(answers: int) -> None:
    editor = Editor()
    for _ in range(MAPS):
        drawn(editor, ON_A_MAP)
    HealthScore.objects.all().delete()  # as they are drawn, not as anybody answered
    workspace = editor.workspace
    personas = [Persona.objects.create(workspace=workspace, name=name).pk for name in ("Commuter", "Tourist")]
    subjects = list(Touchpoint.objects.of(workspace).order_by("pk").values_list("subject_id", flat=True))
    scales = [scales_of(metric)[0] for metric in ASKED]
    facts = {
        "workspace": workspace.pk,
        "zone": workspace.time_zone,
        "today": clock.today(workspace.zone),
        "personas": [*personas, None],
        "subjects": subjects,
        "touchpoints": len(subjects),
        "days": DAYS,
        "metrics": [scale.metric.value for scale in scales],
        "scales": [scale.code for scale in scales],
        "lows": [scale.low for scale in scales],
        "sizes": [len(scale.values) for scale in scales],
    }
    questionnaires = answers // len(ASKED)
    with connection.cursor() as cursor:
        # Its rows fit by the way they are made: looking up each one's parents would take most of the time.
        cursor.execute("SET session_replication_role = replica; SET work_mem = '256MB'")
        for first in range(0, questionnaires, AT_ONCE):
            cursor.execute(ANSWERS, {**facts, "first": first, "last": min(first + AT_ONCE, questionnaires) - 1})
        for scale in scales:
            cursor.execute(_cells_of(scale))
        cursor.execute("RESET session_replication_role; RESET work_mem")
        cursor.execute("VACUUM ANALYZE")
    for start in range(0, len(subjects), SUBJECTS_AT_ONCE):
        settle_windows(subjects[start : start + SUBJECTS_AT_ONCE])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _cells_of(scale: Scale) -> str:
    counts = ", ".join(f"count(*) FILTER (WHERE value = {value})" for value in scale.values)
    return CELLS.format(counts=counts, metric=scale.metric.value, scale=scale.code)
