"""What people do with stakeholders: enter them, move them, decide who sees them, and plan how to win them."""

from collections.abc import Collection
from typing import Any, cast

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from personas.models import NextStep, Stakeholder, StakeholderPosition
from workspaces import clock
from workspaces.access import locked
from workspaces.actions import keeping, record, tell
from workspaces.errors import Refused, Stale
from workspaces.models import Actor, ApiToken, Membership, Notice, Reason, Workspace
from workspaces.transactions import retried

PLACE = ("influence", "support")


@retried
def create_stakeholder(
    workspace: Workspace, *, by: Actor, named: Collection[Membership] = (), **facts: Any
) -> Stakeholder:
    """A new stakeholder. Where only named people see it, whoever makes it is one of them.

    Raises Refused for a program that acts for nobody and would name people: it could not see what it made.
    """
    maker = _member(workspace, by)
    _refuse_unseen(maker, facts.get("named_only", False))
    made: Stakeholder = Stakeholder.objects.create(workspace=workspace, made_by=maker, **facts)
    _name(made, {one for one in (*named, maker) if one is not None} if made.named_only else set(), by=by)
    _remember(made, by=by)
    record(workspace, "stakeholder.create", made, by=by)
    return made


@retried
def edit_stakeholder(
    stakeholder: Stakeholder,
    *,
    version: int,
    by: Actor,
    named: Collection[Membership] | None = None,
    **facts: Any,
) -> Stakeholder:
    """Change what is known of them, and who sees them. Where that moves them, the move is remembered.

    Whoever hides one from others stays among those who see it, and so does whoever made it. Who is named anew is told.
    Raises Stale and Refused.
    """
    try:
        now = locked(stakeholder, version)
    except Stale as stale:
        current = cast("Stakeholder", stale.current)
        if keeping.differs(current, facts) or _named(current) != _wanted(current, facts, named, by):
            raise
        return current  # sent twice
    _refuse_unseen(_member(now.workspace, by), facts.get("named_only", False) and not now.named_only)
    wanted = _wanted(now, facts, named, by)
    if not keeping.differs(now, facts) and _named(now) == wanted:
        return now
    was = (now.influence, now.support)
    for name, value in facts.items():
        setattr(now, name, value)
    _name(now, wanted, by=by)
    keeping.store(now, "edit", by=by)
    if (now.influence, now.support) != was:
        _remember(now, by=by)
    return now


@retried
def move_stakeholder(stakeholder: Stakeholder, *, influence: int, support: int, version: int, by: Actor) -> Stakeholder:
    """Put them elsewhere on the map: both from 0 to 100. Where they already are nothing happens. Raises Stale."""
    to = {"influence": influence, "support": support}
    try:
        now = locked(stakeholder, version)
    except Stale as stale:
        if keeping.differs(stale.current, to):
            raise
        return cast("Stakeholder", stale.current)  # sent twice
    if keeping.differs(now, to):
        now.influence, now.support = influence, support
        keeping.store(now, "move", by=by)
        _remember(now, by=by)
    return now


def archive_stakeholder(stakeholder: Stakeholder, *, by: Actor) -> Stakeholder:
    """Take them off the map. What they decide on is kept."""
    return keeping.archive(stakeholder, by=by)


def restore_stakeholder(stakeholder: Stakeholder, *, by: Actor) -> Stakeholder:
    """Put them back on the map."""
    return keeping.restore(stakeholder, by=by)


@transaction.atomic
def create_step(
    workspace: Workspace, *, stakeholder: Stakeholder, by: Actor, done: bool = False, **facts: Any
) -> NextStep:
    """Something to be done next with a stakeholder of this workspace; `done`: it is already."""
    done_at = clock.now() if done else None
    step: NextStep = NextStep.objects.create(workspace=workspace, stakeholder=stakeholder, done_at=done_at, **facts)
    record(workspace, "nextstep.create", step, by=by)
    return step


def edit_step(step: NextStep, *, version: int, by: Actor, done: bool | None = None, **facts: Any) -> NextStep:
    """Change what it says or when it is due, or say that it is `done`, or is not yet. Raises Stale."""
    if done is not None:
        facts["done_at"] = (step.done_at or clock.now()) if done else None
    return keeping.edit(step, version=version, by=by, **facts)


def archive_step(step: NextStep, *, by: Actor) -> NextStep:
    """Take a step off the list."""
    return keeping.archive(step, by=by)


def restore_step(step: NextStep, *, by: Actor) -> NextStep:
    """Put a step back on the list."""
    return keeping.restore(step, by=by)


def _member(workspace: Workspace, by: Actor) -> Membership | None:
    if isinstance(by, ApiToken):
        return None
    return cast("Membership | None", Membership.objects.of(workspace).filter(user=by).first())


def _refuse_unseen(member: Membership | None, hides: bool) -> None:
    if hides and member is None:
        raise Refused(_("Only a person can keep a stakeholder to named people: a program would no longer see it."))


def _wanted(
    now: Stakeholder, facts: dict[str, Any], named: Collection[Membership] | None, by: Actor
) -> set[Membership]:
    """Who is to see it: those named, whoever made it, and whoever hides it. Of one that all editors see nobody."""
    if not facts.get("named_only", now.named_only):
        return set()
    wanted = _named(now) if named is None else set(named)
    hiding = None if now.named_only else _member(now.workspace, by)
    return {one for one in (*wanted, now.made_by, hiding) if one is not None}


def _named(stakeholder: Stakeholder) -> set[Membership]:
    return set(stakeholder.named.all())


def _name(stakeholder: Stakeholder, members: Collection[Membership], *, by: Actor) -> None:
    """Let these see it and tell the new ones; who is no longer named finds no notice of it either."""
    workspace, key, was = stakeholder.workspace, f"stakeholder:{stakeholder.pk}", _named(stakeholder)
    if was == set(members):
        return
    stakeholder.named.set(members, through_defaults={"workspace": workspace})
    Notice.objects.of(workspace).filter(key=key).exclude(member__in=members).delete()
    person = by.user if isinstance(by, ApiToken) else by
    know = {person and person.pk, stakeholder.made_by and stakeholder.made_by.user_id}
    tell(
        workspace,
        [member for member in members if member not in was and member.user_id not in know],
        reason=Reason.NAMED,
        key=key,
        told={"stakeholder": stakeholder.pk, "by": str(person or by)},  # its name is for its page alone
        path=reverse("stakeholder", args=[workspace.slug, stakeholder.pk]),
    )


def _remember(stakeholder: Stakeholder, *, by: Actor) -> None:
    person, token = (None, by) if isinstance(by, ApiToken) else (by, None)
    StakeholderPosition.objects.create(
        workspace=stakeholder.workspace,
        stakeholder=stakeholder,
        influence=stakeholder.influence,
        support=stakeholder.support,
        at=clock.now(),
        actor=person,
        token=token,
    )
