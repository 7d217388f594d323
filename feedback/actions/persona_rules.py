"""What people do with the rules by which questionnaires are given their persona."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from feedback.models import MOST_CONDITIONS, MOST_VALUES, PersonaRule
from feedback.persona_rules import FACTS, IN_RANGES
from personas.models import Persona
from touchpoints.models import Channel, Device
from workspaces import clock
from workspaces.access import locked
from workspaces.actions import keeping, record
from workspaces.errors import Refused
from workspaces.models import LONGEST_ATTRIBUTE, Actor, Attribute, Workspace
from workspaces.transactions import retried

LONGEST = {"segment": 200, "source": 80, "attribute": LONGEST_ATTRIBUTE}
Conditions = Sequence[Mapping[str, Any]]


@retried
def create_persona_rule(
    workspace: Workspace, *, persona: Persona, conditions: Conditions, by: Actor, position: int | None = None
) -> PersonaRule:
    """A new rule, in the last place or in that one. It takes the questionnaires that come from now on.

    Raises Refused for conditions that say nothing or name what is not here, and IntegrityError when there are fifty.
    """
    checked = checked_conditions(workspace, conditions)
    kept = _kept(workspace)
    made: PersonaRule = PersonaRule.objects.create(
        workspace=workspace, persona=persona, conditions=checked, position=len(kept) + 1
    )
    record(workspace, "personarule.create", made, by=by)
    if position:
        _place([*kept[: position - 1], made, *kept[position - 1 :]])
    return made


@retried
def edit_persona_rule(rule: PersonaRule, *, version: int, by: Actor, **facts: Any) -> PersonaRule:
    """Change whom a rule gives, on which conditions, and its place; the others make room.

    What questionnaires were given before stays until the rules are applied to them (`apply_persona_rules`). A
    `position` behind the last place is the last. Raises Stale, and Refused as `create_persona_rule` does.
    """
    if "conditions" in facts:
        facts["conditions"] = checked_conditions(rule.workspace, facts["conditions"])
    kept = _kept(rule.workspace)
    if facts.get("position"):
        facts["position"] = min(facts["position"], len(kept))
    edited = keeping.edit(rule, version=version, by=by, **facts)
    others = [one for one in kept if one.pk != edited.pk]
    if edited.position:
        _place([*others[: edited.position - 1], edited, *others[edited.position - 1 :]])
    return edited


@retried
def move_persona_rule(rule: PersonaRule, *, to: int, by: Actor) -> PersonaRule:
    """Put a kept rule in that place, from 1; the others make room. Twice is harmless."""
    kept = _kept(rule.workspace)
    now = locked(rule)
    to = max(1, min(to, len(kept)))
    if now.archived_at or now.position == to:
        return now
    others = [one for one in kept if one.pk != now.pk]
    _place([*others[: to - 1], now, *others[to - 1 :]])
    record(rule.workspace, "personarule.move", now, by=by)
    return locked(rule)


@retried
def archive_persona_rule(rule: PersonaRule, *, by: Actor) -> PersonaRule:
    """Remove a rule. What it gave stays given until the rules are applied to earlier questionnaires."""
    kept = _kept(rule.workspace)
    now = locked(rule)
    if not now.archived_at:
        now.archived_at, now.position = clock.now(), None
        keeping.store(now, "archive", by=by)
        _place([one for one in kept if one.pk != now.pk])
    return now


@retried
def restore_persona_rule(rule: PersonaRule, *, by: Actor) -> PersonaRule:
    """Take a rule back, in the last place. Raises IntegrityError when there are fifty."""
    last = len(_kept(rule.workspace))
    now = locked(rule)
    if now.archived_at:
        now.archived_at, now.position = None, last + 1
        keeping.store(now, "restore", by=by)
    return now


def checked_conditions(workspace: Workspace, conditions: Conditions) -> list[dict[str, Any]]:
    """The conditions as they are stored: each fact once, in their order, values without blanks and none twice.

    Raises Refused for what cannot hold of any questionnaire of this workspace.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for condition in conditions:
        key = condition["fact"], condition.get("attribute", "")
        if key in found:
            raise Refused(_("Two conditions are about the same. Put their values into one."))
        found[key] = _checked(condition)
    if not found:
        raise Refused(_("A rule has at least one condition."))
    if len(found) > MOST_CONDITIONS:
        raise Refused(_("A rule has at most fourteen conditions."))
    _refuse_unknown(workspace, list(found.values()))
    return [found[key] for key in sorted(found, key=lambda one: (FACTS.index(one[0]), one[1]))]


def _checked(condition: Mapping[str, Any]) -> dict[str, Any]:
    fact = condition["fact"]
    checked: dict[str, Any] = {"fact": fact}
    if fact == "attribute":
        checked["attribute"] = condition.get("attribute", "")
    bounds = {name: condition[name] for name in ("at_least", "at_most") if condition.get(name) is not None}
    values = condition.get("any_of") or []
    if bounds and values:
        raise Refused(_("A condition names values or a range, not both."))
    if bounds:
        if fact not in IN_RANGES:
            raise Refused(_("Only a segment or an attribute can be a number in a range."))
        if bounds.get("at_least", float("-inf")) > bounds.get("at_most", float("inf")):
            raise Refused(_("The range ends before it begins."))
        return checked | bounds
    if fact != "channel":
        values = [value.strip() for value in values if value.strip()]
    values = list(dict.fromkeys(values))
    if not values:
        raise Refused(_("A condition names at least one value or a range."))
    if len(values) > MOST_VALUES:
        raise Refused(_("A condition names at most a hundred values."))
    if any(len(value) > LONGEST[fact] for value in values if fact in LONGEST):
        raise Refused(_("A value is longer than questionnaires can say."))
    return checked | {"any_of": values}


def _refuse_unknown(workspace: Workspace, conditions: list[dict[str, Any]]) -> None:
    for condition in conditions:
        values = set(condition.get("any_of", ()))
        if condition["fact"] == "channel" and Channel.objects.of(workspace).filter(pk__in=values).count() < len(values):
            raise Refused(_("This channel is not in this workspace."))
        if condition["fact"] == "device" and values - set(Device.values):
            raise Refused(_("A device is one of these: %(devices)s.") % {"devices": ", ".join(Device.values)})
    named = {condition["attribute"] for condition in conditions if condition["fact"] == "attribute"}
    here = set(Attribute.objects.of(workspace).filter(key__in=named).values_list("key", flat=True)) if named else set()
    if missing := sorted(named - here):
        raise Refused(_("“%(value)s” is not an attribute of this workspace.") % {"value": missing[0]})


def _kept(workspace: Workspace) -> list[PersonaRule]:
    """Those that are kept, in their places, which nobody else changes until commit."""
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    return list(PersonaRule.objects.of(workspace).kept().order_by("position"))


def _place(rules: list[PersonaRule]) -> None:
    """Give each its place in this order. That is no edit: it raises no version."""
    for position, rule in enumerate(rules, start=1):
        if rule.position != position:
            PersonaRule.objects.filter(pk=rule.pk).update(position=position, updated_at=Now())
            rule.position = position
