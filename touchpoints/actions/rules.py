"""By which rule a workspace makes its scores."""

from typing import Any

from django.db import transaction

from touchpoints.actions.days import rebuild
from touchpoints.actions.grounds import model_version
from touchpoints.models import CHOICES, HealthRule, HealthScore
from workspaces import clock, jobs
from workspaces.access import locked
from workspaces.actions import record
from workspaces.errors import Stale
from workspaces.jobs import Progress
from workspaces.models import Job, User, Workspace

APPLY = "touchpoints.apply_rule"  # the kind of the job that brings scores to a new rule: the name of its task
SUBJECTS_AT_ONCE = 50


def rule_of(workspace: Workspace) -> HealthRule:
    """The rule that is in force; one of number 0, not stored, while the workspace has the defaults."""
    newest: HealthRule | None = HealthRule.objects.of(workspace).order_by("number").last()
    return newest or HealthRule(workspace=workspace, number=0)


@transaction.atomic
def change_rule(workspace: Workspace, *, number: int, by: User, **choices: Any) -> HealthRule:
    """Make scores by other choices from now on, and let a worker bring those that there are to it.

    `number`: of the rule that is changed. Raises `Stale` when another is in force by now, IntegrityError for choices
    that the database refuses. Choices that are as they were change nothing.
    """
    workspace = locked(workspace)
    before = rule_of(workspace)
    if before.number != number:
        raise Stale(before)
    if all(getattr(before, name) == value for name, value in choices.items()):
        return before
    kept = {name: getattr(before, name) for name in CHOICES}
    rule: HealthRule = HealthRule.objects.create(
        workspace=workspace, number=number + 1, by=by, created_at=clock.now(), **(kept | choices)
    )
    record(workspace, "rule.edit", rule, by=by)
    jobs.start(Job(workspace=workspace, kind=APPLY, key=str(rule.number), created_by=by))
    return rule


def apply_rule(job: Job, progress: Progress) -> None:
    """Count every score of the workspace anew by the rule in force, so many at once; what is done stays done.

    Where a newer rule comes meanwhile, the rest goes to that one, and its own job takes up what this one did before.
    """
    scores = HealthScore.objects.of(job.workspace).filter(persona=None)
    version = model_version(rule_of(job.workspace).number)
    behind = list(scores.exclude(model_version=version).order_by("subject_id").values_list("subject_id", flat=True))
    done, total = scores.count() - len(behind), scores.count()
    for start in range(0, len(behind), SUBJECTS_AT_ONCE):
        some = behind[start : start + SUBJECTS_AT_ONCE]
        rebuild(some)
        done += len(some)
        progress.tell(done, total)
