"""What rules of personas do with the newest questionnaires, before anything is changed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import connection

from feedback.actions import Taken, taken_by
from feedback.actions.persona_apply import SAMPLE
from feedback.actions.statements_of_personas import SEEN
from feedback.models import PersonaRule
from feedback.persona_rules import Given, Giver
from workspaces.models import Workspace

MOST_SEEN = 8  # values of a fact that are told
FEWEST_SEEN = 5  # questionnaires that say one


class Draft(NamedTuple):
    """What a rule that is being written takes of `of` newest questionnaires, with what all of them do."""

    takes: int
    of: int
    taken: Taken


def taken_now(workspace: Workspace, rules: Iterable[PersonaRule]) -> tuple[Taken, dict[int, int]]:
    """What the rules that are kept do, and how many each of them takes, by its id; one of an archived persona none."""
    at_work = [rule for rule in rules if rule.archived_at is None and rule.persona.archived_at is None]
    taken = taken_by(workspace, _giver(at_work))
    return taken, {rule.pk: takes for rule, takes in zip(at_work, taken.by_rule, strict=True)}


def draft_taken(workspace: Workspace, rule: PersonaRule | None, facts: Mapping[str, Any]) -> Draft:
    """What a rule with these facts would take in its place among the others; without a rule, in the last place."""
    written = PersonaRule(workspace=workspace, persona=facts["persona"], conditions=facts["conditions"])
    kept = PersonaRule.objects.of(workspace).kept().filter(persona__archived_at=None).select_related("persona")
    rules = [written if rule and one.pk == rule.pk else one for one in kept.order_by("position")]
    if written not in rules:
        rules.append(written)
    taken = taken_by(workspace, _giver(rules))
    place = next(place for place, one in enumerate(rules) if one is written)
    return Draft(taken.by_rule[place], taken.of, taken)


def seen_lately(workspace: Workspace) -> dict[str, str]:
    """What the newest questionnaires say of segment, source and attributes: the most frequent values, five times each.

    By the name of the fact, or of an attribute behind `attribute.`.
    """
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(SEEN, {"workspace": workspace.pk, "at_most": SAMPLE})
        for fact, value, times in cursor.fetchall():
            counted[fact][value] = times
    return {
        fact: ", ".join(value for value, times in values.most_common(MOST_SEEN) if times >= FEWEST_SEEN)
        for fact, values in counted.items()
    }


def _giver(rules: Iterable[PersonaRule]) -> Giver:
    return Giver(Given(rule.persona_id, rule.conditions) for rule in rules)
