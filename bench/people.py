"""What it costs to show personas, to compare journeys, and to give very many answers their personas anew.

Every figure has a function of its own below `main`; each works on a database that this run makes and leaves.
"""

import time
from typing import Any

from django.db import connection

from bench import people_maps, people_sheet
from bench.frame import arguments, figure, interleaved
from bench.seed import CELLS
from feedback.actions import apply_persona_rules, create_persona_rule
from feedback.actions.recount import differences
from feedback.models import MONTHS, Submission, Theme
from feedback.tasks import apply_persona_rules as work_on_rules
from personas.actions import create_persona
from personas.models import Persona
from scorecards.people import figures_of
from touchpoints.actions import create_touchpoint, fold_all, settle_windows
from touchpoints.health.metrics import Metric, scales_of
from touchpoints.models import Touchpoint
from workspaces import clock
from workspaces.actions import create_attribute, create_workspace
from workspaces.models import Job, JobState, User, Workspace

TOUCHPOINTS = 40
DAYS = 330
REASONS = ("Work", "School", "Visit", "Holiday")
AT_ONCE = 100_000  # questionnaires a statement
# One CSAT answer a questionnaire, one of nine with a comment, about one touchpoint after the other on one day after
# the other; nobody says whose.
ANSWERS = """
WITH sheets AS (
    INSERT INTO feedback_submission
        (workspace_id, source, external_id, occurred_at, day, device, segment, attributes, created_at)
    SELECT %(workspace)s, 'seed', number, (day + time '12:00') AT TIME ZONE %(zone)s, day, '', '',
        jsonb_build_object('reason', (%(reasons)s::text[])[1 + number / %(touchpoints)s %% %(kinds)s]), now()
    FROM (
        SELECT number, %(today)s::date - (number / %(touchpoints)s %% %(days)s)::int AS day
        FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS number
    ) AS dated
    RETURNING id, external_id::bigint AS number
)
INSERT INTO feedback_response (workspace_id, submission_id, question, version, subject_id, metric, scale, value, text)
SELECT %(workspace)s, id, 'csat', 1, (%(subjects)s::bigint[])[1 + number %% %(touchpoints)s], 'csat', %(scale)s,
    1 + floor(power(random(), 0.5) * 5)::int, CASE WHEN number %% 9 = 0 THEN 'The train was late again' ELSE '' END
FROM sheets
"""


def main(words: list[str]) -> None:
    """Figures of `people`."""
    sizes = arguments(words, rows=1_000_000, small=24, large=500, rounds=15)
    if sizes.small:
        people_sheet.figures()
        people_maps.figures(small=sizes.small, large=sizes.large, rounds=sizes.rounds)
    if sizes.rows:
        reassign(sizes.rows)


def reassign(rows: int) -> None:
    """Two rules, which take every questionnaire between them, are applied to so many, and then folded by one worker."""
    workspace, by = _answered(rows)
    for name, reasons in (("Commuter", REASONS[:2]), ("Tourist", REASONS[2:])):
        persona = create_persona(workspace, name=name, by=by)
        condition = {"fact": "attribute", "attribute": "reason", "any_of": list(reasons)}
        create_persona_rule(workspace, persona=persona, conditions=[condition], by=by)
    job = apply_persona_rules(workspace, by=by)
    began = time.perf_counter()
    work_on_rules(job.pk)
    applied = time.perf_counter()
    fold_all()
    folded = time.perf_counter()
    job = Job.objects.get(pk=job.pk)
    if job.state != JobState.DONE or job.result["changed"] != rows:
        raise SystemExit(f"The job is {job.state}: {job.error} {job.result}")
    figure("people.reassign_rows_per_s", rows / (folded - began), f"of {rows} questionnaires, with folding after it")
    figure("people.reassign_job_rows_per_s", rows / (applied - began), "the job alone")
    figure("people.reassign_differences", sum(1 for _ in differences(workspace)), "differences")
    named = Submission.objects.filter(persona_by_rule=True).count()
    figure("people.reassigned", named, "questionnaires have the persona of a rule")
    _tell(workspace)


def _tell(workspace: Workspace, rounds: int = 5) -> None:
    """What the sheets of both personas say of so many answers, a theme at each touchpoint."""
    facts = {"kind": "pain", "label": "late", "leading": "late", "terms": ["late"], "by_month": [0] * MONTHS}
    for touchpoint in Touchpoint.objects.of(workspace):
        Theme.objects.create(workspace=workspace, touchpoint=touchpoint, **facts)
    personas = list(Persona.objects.of(workspace))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    told = interleaved({"figures": lambda: figures_of(workspace, personas)}, rounds=rounds)
    figure("people.figures_ms", told["figures"] * 1000, "ms")


def _answered(rows: int) -> tuple[Workspace, User]:
    """A workspace with so many questionnaires that nobody's persona is said in, and its owner."""
    by = User.objects.create_user(email=f"people-{time.time_ns()}@example.org", name="Bench")
    workspace = create_workspace(name="People", by=by)
    create_attribute(workspace, name="Reason", key="reason", by=by)
    touchpoints = [create_touchpoint(workspace, name=f"Touchpoint {number}", by=by) for number in range(TOUCHPOINTS)]
    scale = scales_of(Metric.CSAT)[0]
    facts: dict[str, Any] = {
        "workspace": workspace.pk,
        "zone": workspace.time_zone,
        "today": clock.today(workspace.zone),
        "subjects": [touchpoint.subject_id for touchpoint in touchpoints],
        "touchpoints": TOUCHPOINTS,
        "days": DAYS,
        "reasons": list(REASONS),
        "kinds": len(REASONS),
        "scale": scale.code,
    }
    with connection.cursor() as cursor:
        # Its rows fit by the way they are made: looking up each one's parents would take most of the time.
        cursor.execute("SET session_replication_role = replica; SET work_mem = '256MB'")
        for first in range(0, rows, AT_ONCE):
            cursor.execute(ANSWERS, {**facts, "first": first, "last": min(first + AT_ONCE, rows) - 1})
        counts = ", ".join(f"count(*) FILTER (WHERE value = {value})" for value in scale.values)
        cells = CELLS.format(counts=counts, metric=scale.metric.value, scale=scale.code)
        cursor.execute(cells.replace("GROUP BY", f"AND response.workspace_id = {workspace.pk:d}\nGROUP BY"))
        cursor.execute("RESET session_replication_role; RESET work_mem")
        cursor.execute("VACUUM ANALYZE")
    settle_windows(facts["subjects"])
    return workspace, by
