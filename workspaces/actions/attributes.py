"""What people do with the attributes by which answers are cut."""

from typing import Any

from django.db.models.functions import Now
from django.utils.text import slugify
from django.utils.translation import gettext as _

from workspaces import clock
from workspaces.access import locked
from workspaces.actions import keeping
from workspaces.actions.audit import record
from workspaces.actions.workspaces import TRANSCRIPTION
from workspaces.errors import Refused
from workspaces.models import EMPLOYEE, Actor, Attribute, Workspace
from workspaces.transactions import retried


@retried
def create_attribute(workspace: Workspace, *, name: str, key: str = "", by: Actor) -> Attribute:
    """A new attribute in the last place. Without `key` it is made from the name, and a taken one gets a number.

    Raises Refused when it is called like one that names employees, and IntegrityError when the name or a given key is
    taken, and when there are ten.
    """
    _refuse_employees(name, key)
    last = len(_kept(workspace))
    key = key or _free_key(workspace, slugify(name.translate(TRANSCRIPTION))[:36].strip("-_") or "attribute")
    made: Attribute = Attribute.objects.create(workspace=workspace, name=name, key=key, position=last + 1)
    record(workspace, "attribute.create", made, by=by)
    return made


@retried
def edit_attribute(attribute: Attribute, *, version: int, by: Actor, **facts: Any) -> Attribute:
    """Change an attribute's name or place; the others make room. Answers keep their values.

    A `position` behind the last place is the last. Raises Stale, Refused when it is called like one that
    names employees, and IntegrityError when the name is taken.
    """
    if facts.get("name", attribute.name) != attribute.name:
        _refuse_employees(facts["name"])
    kept = _kept(attribute.workspace)
    if facts.get("position"):
        facts["position"] = min(facts["position"], len(kept))
    edited = keeping.edit(attribute, version=version, by=by, **facts)
    others = [one for one in kept if one.pk != edited.pk]
    if edited.position:
        _place([*others[: edited.position - 1], edited, *others[edited.position - 1 :]])
    return edited


@retried
def archive_attribute(attribute: Attribute, *, by: Actor) -> Attribute:
    """Take an attribute out of pages and choices. Answers keep what they say of it; new ones may say nothing more."""
    kept = _kept(attribute.workspace)
    now = locked(attribute)
    if not now.archived_at:
        now.archived_at, now.position = clock.now(), None
        keeping.store(now, "archive", by=by)
        _place([one for one in kept if one.pk != now.pk])
    return now


@retried
def restore_attribute(attribute: Attribute, *, by: Actor) -> Attribute:
    """Take an attribute back, in the last place, with all that answers said of it before.

    Raises IntegrityError when another has its name by now, and when there are ten.
    """
    last = len(_kept(attribute.workspace))
    now = locked(attribute)
    if now.archived_at:
        now.archived_at, now.position = None, last + 1
        keeping.store(now, "restore", by=by)
    return now


def _refuse_employees(*called: str) -> None:
    if any(EMPLOYEE.search(words) for words in called):
        raise Refused(_("Answers are never cut by employees. Name what the occasion was about instead."))


def _kept(workspace: Workspace) -> list[Attribute]:
    """Those that are kept, in their places, which nobody else changes until commit."""
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    return list(Attribute.objects.of(workspace).kept().order_by("position"))


def _place(attributes: list[Attribute]) -> None:
    """Give each its place in this order. That is no edit: it raises no version."""
    for position, attribute in enumerate(attributes, start=1):
        if attribute.position != position:
            Attribute.objects.filter(pk=attribute.pk).update(position=position, updated_at=Now())


def _free_key(workspace: Workspace, wanted: str) -> str:
    taken = set(Attribute.objects.of(workspace).values_list("key", flat=True))
    numbered = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(taken) + 2))
    return next(key for key in numbered if key not in taken)
