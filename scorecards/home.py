"""The home page: what has happened since one's last visit, what waits for one, and what one answers for."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Q

from feedback.models import UNDER_WAY, Case
from journeys.models import Journey
from measures.models import Measure, Status
from measures.reviewing import LEAST_DAYS
from personas.models import Persona
from scorecards.alarms import alarms_of, said
from scorecards.measures import UNDECIDED
from scorecards.scorecard import Reading, assumptions, read
from touchpoints.actions.alarms import REASONS
from touchpoints.borders import borders_of
from touchpoints.changes import changes_in
from touchpoints.health.changes import Change, Verdict
from touchpoints.models import Alarm, AlarmKind, AlarmState, HealthScore, Touchpoint
from touchpoints.periods import USUAL, last_days
from workspaces import clock
from workspaces.models import SPOKEN, Membership, Notice, Role, Team, Workspace, WorkspaceQuerySet, in_sight

SHOWN = 5  # of what waits, of each kind
OWN_SHOWN = 8  # of one's own touchpoints
REAL = frozenset({Verdict.UP, Verdict.DOWN})


@dataclass(frozen=True)
class Standing(Reading):
    """A touchpoint as it stands, with what has become of it."""

    touchpoint: Touchpoint
    change: Change

    @property
    def mark(self) -> str:
        """By which the change is known again: the same touchpoint in the same direction."""
        return f"{self.touchpoint.pk} {self.change.verdict}"


class Standings(NamedTuple):
    """What really fell and rose, the furthest first, and the touchpoints that a member answers for, the worst first.

    `compared`: whether of anything enough was heard to tell.
    """

    fallen: Sequence[Standing]
    risen: Sequence[Standing]
    own: Sequence[Standing]
    compared: bool

    @property
    def moved(self) -> int:
        """How many really changed."""
        return len(self.fallen) + len(self.risen)

    @property
    def marks(self) -> list[str]:
        """Those of all that really changed."""
        return [one.mark for one in (*self.fallen, *self.risen)]


class Open(NamedTuple):
    """The open alarms, the newest first. `new`: how many were raised since the last visit; all of them on the first."""

    alarms: Sequence[Alarm]
    new: int

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.alarms)


class Waiting(NamedTuple):
    """What waits for a member: what speaks to them, cases they look after, alarms about their own, overdue reviews.

    And of the measures that they decide or own `decisions` that have a day, and `effects` of which a review could tell.
    Of each the first few, and beside them how many there are: `spoken`, `complaints`, `alarmed`, `overdue`,
    `undecided`, `unreviewed`.
    """

    notices: Sequence[Notice]
    cases: Sequence[Case]
    alarms: Sequence[Alarm]
    reviews: Sequence[Journey | Persona]
    decisions: Sequence[Measure]
    effects: Sequence[Measure]
    spoken: int
    complaints: int
    alarmed: int
    overdue: int
    undecided: int
    unreviewed: int

    @property
    def number(self) -> int:
        """How much waits."""
        return self.spoken + self.complaints + self.alarmed + self.overdue + self.undecided + self.unreviewed

    @property
    def more(self) -> int:
        """How much of it is not listed."""
        listed = (self.notices, self.cases, self.alarms, self.reviews, self.decisions, self.effects)
        return self.number - sum(map(len, listed))


def owned(member: Membership) -> Q:
    """Of things that have an owner, those for which this member answers, alone or in a team."""
    teams = Team.objects.of(member.workspace).kept().filter(members=member)
    return Q(owner_member=member) | Q(owner_team__in=teams.values("pk"))


def standings_of(member: Membership) -> Standings:
    """Three statements beside that of the changes, however many touchpoints there are."""
    workspace = member.workspace
    changes = changes_in(workspace, last_days(USUAL, clock.today(workspace.zone)))
    moved = [pk for pk, change in changes.by_touchpoint.items() if change.verdict in REAL]
    is_own = ExpressionWrapper(owned(member), output_field=BooleanField())
    wanted = Touchpoint.objects.of(workspace).kept().annotate(is_own=is_own).by_name()
    wanted = wanted.filter(Q(pk__in=moved) | Q(is_own=True))
    found = list(wanted.select_related("channel", "owner_team", "owner_member__user"))
    subjects = [touchpoint.subject_id for touchpoint in found]
    scores = {score.subject_id: score for score in HealthScore.objects.filter(subject__in=subjects, persona=None)}
    assumed, borders = assumptions(workspace, *found) if found else set(), borders_of(workspace)
    standings = [
        Standing(
            **vars(read(scores.get(one.subject_id), borders, assumed=one.pk in assumed)),
            touchpoint=one,
            change=changes.of(one.pk),
        )
        for one in found
    ]
    furthest = sorted(standings, key=lambda one: -abs(one.change.delta or 0))
    own = [one for one, touchpoint in zip(standings, found, strict=True) if touchpoint.is_own]
    return Standings(
        [one for one in furthest if one.change.verdict is Verdict.DOWN],
        [one for one in furthest if one.change.verdict is Verdict.UP],
        sorted(own, key=lambda one: (one.number is None, one.number or 0)),
        any(change.delta is not None for change in changes.by_touchpoint.values()),
    )


def open_alarms_of(workspace: Workspace, since: datetime.datetime | None) -> Open:
    """One statement. Each alarm with what its templates say."""
    alarms = list(alarms_of(workspace).filter(state=AlarmState.OPEN))
    for alarm in alarms:
        alarm.told = {**said(alarm), "reason": REASONS[AlarmKind(alarm.kind)]}
    return Open(alarms, sum(since is None or alarm.raised_at > since for alarm in alarms))


def waiting_for(member: Membership, standings: Standings, alarms: Open) -> Waiting:
    """What is addressed to this member, and what is overdue. A review without an owner waits for whoever may edit."""
    mine = Notice.objects.of(member.workspace).filter(in_sight("comment__"), member=member, read_at=None)
    spoken = list(mine.filter(reason__in=SPOKEN).select_related("comment__by", "comment__token", "workspace"))
    cases = list(cases_under_way(member))
    own = {one.touchpoint.subject_id for one in standings.own}
    about = [alarm for alarm in alarms.alarms if alarm.subject_id in own]
    overdue: dict[str, Any] = {"review_date__lt": clock.today(member.workspace.zone)}
    journeys = Journey.objects.of(member.workspace).kept().filter(**overdue)
    personas = Persona.objects.of(member.workspace).kept().filter(**overdue)
    if member.may(Role.EDITOR):
        journeys = journeys.filter(owned(member) | Q(owner_member=None, owner_team=None))
    else:
        journeys, personas = journeys.filter(owned(member)), personas.none()
    reviews = sorted([*journeys, *personas], key=lambda one: (one.review_date, str(one)))
    kinds: Any = (spoken, cases, about, reviews, *measures_waiting_for(member))
    return Waiting(*(kind[:SHOWN] for kind in kinds), *map(len, kinds))


def measures_waiting_for(member: Membership) -> tuple[list[Measure], list[Measure]]:
    """Of the measures that this member decides or owns: those to be decided on a day, and those to be reviewed.

    A review tells something once eight weeks have passed since customers meet the measure. One statement.
    """
    undecided = Q(status__in=UNDECIDED, decide_on__isnull=False)
    told_from = clock.today(member.workspace.zone) - datetime.timedelta(days=LEAST_DAYS)
    unreviewed = Q(status=Status.LIVE, live_on__lte=told_from)
    mine = Measure.objects.of(member.workspace).kept().filter(owned(member) | Q(decider=member))
    found = list(mine.filter(undecided | unreviewed))
    return (
        sorted((one for one in found if one.status in UNDECIDED), key=lambda one: (one.decide_on, one.pk)),
        sorted((one for one in found if one.status == Status.LIVE), key=lambda one: (one.live_on, one.pk)),
    )


def cases_under_way(member: Membership) -> WorkspaceQuerySet:
    """Those that this member looks after, alone or in a team, by their deadlines."""
    mine = Case.objects.of(member.workspace).filter(owned(member), state__in=UNDER_WAY)
    found: WorkspaceQuerySet = mine.select_related("subject__touchpoint", "subject__journey").order_by("due_at", "id")
    return found
