"""What the page of a workspace's rule tells: what each part weighs, how far a worker is, and which rules there were."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from touchpoints.actions.rules import APPLY
from touchpoints.models import CHOICES, RATES, WEIGHTS, HealthRule, HealthScore
from workspaces.models import Job, Workspace

RULES_TOLD = 20


@dataclass(frozen=True)
class Choice:
    """What a rule chose otherwise than the one before. Of a rate (`is_rate`) both are shares."""

    label: str
    was: Any
    now: Any
    is_rate: bool


def shares(rule: HealthRule) -> dict[str, float]:
    """What each component weighs in the whole, 0-1, where all of them apply and are known equally well."""
    weights = {name: getattr(rule, name) for name in WEIGHTS}
    return {name: weight / sum(weights.values()) for name, weight in weights.items()}


def progress_of(workspace: Workspace) -> Job | None:
    """The newest work to bring scores to a rule, if there has been any."""
    jobs = Job.objects.of(workspace).filter(kind=APPLY).defer("upload")
    newest: Job | None = jobs.order_by("-pk").first()
    return newest


def behind(workspace: Workspace, version: str) -> int:
    """How many scores are still made by another rule than the one of that name."""
    scores = HealthScore.objects.of(workspace).filter(persona=None)
    count: int = scores.exclude(model_version=version).count()
    return count


def history(workspace: Workspace) -> list[tuple[HealthRule, Sequence[Choice]]]:
    """The newest rules, each with what it chose otherwise than the one before it; the first, than the defaults."""
    stored = HealthRule.objects.of(workspace).select_related("by").order_by("-number")[: RULES_TOLD + 1]
    rules = [*stored]
    if len(rules) <= RULES_TOLD:
        rules.append(HealthRule(workspace=workspace, number=0))
    return [(rule, _chosen(before, rule)) for rule, before in pairwise(rules)]


def _chosen(before: HealthRule, rule: HealthRule) -> list[Choice]:
    return [
        Choice(str(HealthRule._meta.get_field(name).verbose_name), was, now, name in RATES)  # type: ignore[union-attr]
        for name in CHOICES
        if (was := getattr(before, name)) != (now := getattr(rule, name))
    ]
