"""Folding one more answer: about a touchpoint that has few or very many, and about one of few or very many."""

from django.db import connection

from bench.frame import Job, arguments, figure, interleaved
from feedback.actions import Answer, find_differences, record_responses, repair
from touchpoints.actions import create_touchpoint, fold, fold_all
from touchpoints.models import Subject
from workspaces import clock
from workspaces.actions import create_workspace
from workspaces.models import User, Workspace

AT_ONCE = 200  # touchpoints whose first answers are stored together
# A year of answers, many a day, made by the database itself: how they come is not measured here.
QUESTIONNAIRES = """
INSERT INTO feedback_submission
    (workspace_id, source, external_id, occurred_at, day, device, segment, created_at)
SELECT %(workspace)s, 'bench', %(subject)s || '-' || number, now() - number %% 364 * interval '1 day',
    current_date - (number %% 364)::int, '', '', now()
FROM generate_series(1, %(answers)s) AS number
"""
ANSWERS = """
INSERT INTO feedback_response (workspace_id, submission_id, question, version, subject_id, metric, scale, value, text)
SELECT workspace_id, id, 'csat', 1, %(subject)s::bigint, 'csat', '1-5', 1 + id %% 5, ''
FROM feedback_submission
WHERE source = 'bench' AND external_id LIKE %(subject)s::text || '-%%'
"""


def main(words: list[str]) -> None:
    """Figures of `fold`."""
    sizes = arguments(words, few=1_000, many=1_000_000, small=20, large=2_000, rounds=60)
    by = User.objects.create_user(email="bench@example.org")
    workspace = create_workspace(name="Bench", by=by)
    few, many = (heard(workspace, answers, by) for answers in (sizes.few, sizes.many))
    small, large = (among(touchpoints, by) for touchpoints in (sizes.small, sizes.large))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself within a minute
    warm = 3
    subjects = {"few": few, "many": many, "small": small, "large": large}
    for subject in subjects.values():
        whose = Subject.objects.get(pk=subject).workspace
        for number in range(sizes.rounds + warm):
            record_responses(whose, [one_more(subject, number)])
    jobs: dict[str, Job] = {name: lambda of=of: fold([of], at_most=1) for name, of in subjects.items()}
    seconds = interleaved(jobs, rounds=sizes.rounds, warm=warm)
    figure("fold.one_more_p50_ms", seconds["many"] * 1000, "ms")
    figure("fold.one_more_1m_vs_1k", seconds["many"] / seconds["few"], "times")
    figure("fold.one_more_2000_touchpoints_vs_20", seconds["large"] / seconds["small"], "times")
    figure("fold.differences", sum(1 for _ in find_differences()), "differences")


def heard(workspace: Workspace, answers: int, by: User) -> int:
    """The subject of a new touchpoint with so many answers in the last year, all folded."""
    subject = create_touchpoint(workspace, name=f"Stop with {answers}", by=by).subject_id
    values = {"workspace": workspace.pk, "subject": str(subject), "answers": answers}
    with connection.cursor() as cursor:
        cursor.execute(QUESTIONNAIRES, values)
        cursor.execute(ANSWERS, values)
        cursor.execute("ANALYZE feedback_submission, feedback_response")
    repair([subject])
    fold_all([subject])
    return subject


def among(touchpoints: int, by: User) -> int:
    """The subject of one of so many touchpoints of a workspace of its own; somebody has answered about each."""
    workspace = create_workspace(name=f"Bench with {touchpoints}", by=by)
    stops = [create_touchpoint(workspace, name=f"Stop {number}", by=by) for number in range(touchpoints)]
    for start in range(0, touchpoints, AT_ONCE):
        about = [stop.subject_id for stop in stops[start : start + AT_ONCE]]
        record_responses(workspace, [one_more(subject, -number) for subject in about for number in range(1, 7)])
    fold_all()
    return stops[touchpoints // 2].subject_id


def one_more(subject: int, number: int) -> Answer:
    """An answer of today."""
    return Answer(
        source="one more",
        external_id=f"{subject}-{number}",
        subject=subject,
        metric="csat",
        value=4,
        occurred_at=clock.now(),
    )
