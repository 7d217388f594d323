"""What is done with cases: they are taken in hand, given to somebody, and come to their end."""

from typing import Any

from django.utils.translation import gettext as _

from feedback.actions.opening import rule_of
from feedback.actions.telling import tell_assigned
from feedback.models import UNDER_WAY, Case, CaseRule, CaseState
from workspaces import clock
from workspaces.access import locked
from workspaces.actions import keeping
from workspaces.errors import Refused, Stale
from workspaces.live import announce
from workspaces.models import Actor, Membership, User, Workspace
from workspaces.transactions import retried


@retried
def take_case(case: Case, *, by: Actor) -> Case:
    """Take it in hand: whoever does looks after it from now on. Twice is harmless.

    A program takes it for those who look after it already. Raises Refused where it has come to its end.
    """
    case = _under_way(locked(case))
    member = Membership.objects.of(case.workspace).get(user=by) if isinstance(by, User) else None
    if case.state == CaseState.IN_HAND and (member is None or case.owner == member):
        return case
    case.state = CaseState.IN_HAND
    if member is not None:
        case.owner = member
    return _stored(case, "take", by=by)


@retried
def edit_case(case: Case, *, version: int, by: Actor, **facts: Any) -> Case:
    """Give it to another `owner`, another `severity` or `play`. The deadline and the limit of the cost follow.

    Raises Stale, Refused where it has come to its end, and IntegrityError where it cost more than the play may.
    """
    now, rule = _under_way(locked(case)), rule_of(case.workspace)
    if facts.get("severity", now.severity) != now.severity:
        facts["due_at"] = now.opened_at + rule.hours(facts["severity"])
    if facts.get("play", now.play) != now.play:
        facts["limit"] = rule.limit(facts["play"])
    was = now.owner
    case = keeping.edit(now, version=version, by=by, **facts)
    if case.owner is not None and case.owner != was:
        tell_assigned(case)
    announce(case.workspace_id, case=case.pk)
    return case


@retried
def close_case(  # noqa: PLR0913 - what an end is
    case: Case, *, version: int, by: Actor, outcome: str, cost: int | None = None, customer_told: bool = False
) -> Case:
    """Say what became of the customer, what it cost (minor units), and whether the customer knows. Twice is harmless.

    That the customer knows can still be said of a case that has been closed so; that nobody told them cannot.
    Raises Stale, Refused where it has ended otherwise, and IntegrityError for a cost above the limit.
    """
    told_at = case.customer_told_at or (clock.now() if customer_told else None)
    facts = {"state": CaseState.CLOSED, "outcome": outcome, "cost": cost}
    return _ended(case, "close", version=version, by=by, facts=facts, moments={"customer_told_at": told_at})


@retried
def dismiss_case(case: Case, *, version: int, by: Actor | None, reason: str) -> Case:
    """Say why it is no complaint; it counts in no figure then. Raises Stale, and Refused where it has ended.

    By nobody where the complaint itself was taken back.
    """
    facts = {"state": CaseState.DISMISSED, "reason": reason}
    return _ended(case, "dismiss", version=version, by=by, facts=facts, moments={})


@retried
def reopen_case(case: Case, *, by: Actor) -> Case:
    """Take up again what had come to its end; the deadline stays. Twice is harmless."""
    case = locked(case)
    if case.state in UNDER_WAY:
        return case
    case.state = CaseState.IN_HAND if case.owner_member_id else CaseState.OPEN
    case.outcome = case.reason = ""
    case.closed_at = None
    return _stored(case, "reopen", by=by)


@retried
def edit_case_rule(workspace: Workspace, *, version: int, by: Actor, **choices: Any) -> CaseRule:
    """Change when cases are opened, and how long and how dear they may be; those that are there stay. Raises Stale."""
    rule: CaseRule = CaseRule.objects.get_or_create(workspace=workspace)[0]
    return keeping.edit(rule, version=version, by=by, **choices)  # type: ignore[type-var] # has a version, and no shelf


def _ended(  # noqa: PLR0913 - by whom, from what, to what
    case: Case, verb: str, *, version: int, by: Actor | None, facts: dict[str, Any], moments: dict[str, Any]
) -> Case:
    try:
        now = locked(case, version)
    except Stale as stale:
        if keeping.differs(stale.current, facts) or _late(stale.current, moments):
            raise
        return stale.current  # type: ignore[return-value] # sent twice
    if keeping.differs(now, facts):
        _under_way(now)
        moments = {**moments, "closed_at": clock.now()}
    elif not (moments := _late(now, moments)):
        return now
    for name, value in {**facts, **moments}.items():
        setattr(now, name, value)
    return _stored(now, verb, by=by)


def _late(case: Any, moments: dict[str, Any]) -> dict[str, Any]:
    """What came to be known only after the end."""
    return {name: moment for name, moment in moments.items() if moment and not getattr(case, name)}


def _under_way(case: Case) -> Case:
    if case.state not in UNDER_WAY:
        raise Refused(_("This case has come to its end. Reopen it first."))
    return case


def _stored(case: Case, verb: str, *, by: Actor | None) -> Case:
    keeping.store(case, verb, by=by)
    announce(case.workspace_id, case=case.pk)
    return case
