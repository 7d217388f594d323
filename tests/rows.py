"""Similar rows in any workspace: what the door tests try to reach from the wrong side."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.utils import timezone

from feedback.actions.imports import IMPORT
from feedback.actions.usage_files import USAGE
from feedback.models import (
    Case,
    Erasure,
    Filling,
    Formbricks,
    FormbricksQuestion,
    Insight,
    Mapping,
    PersonaRule,
    Question,
    Respondent,
    Response,
    Submission,
    Survey,
    Theme,
    ThemeSearch,
    UsageDay,
)
from journeys.exchange.draft import KIND, begin_sheet
from journeys.models import Change, Journey, Lane, LaneCell, MetNeed, Phase, Placement, ShareLink
from measures.models import Measure, Opportunity
from personas.models import NextStep, Note, Persona, PersonaEdition, Stakeholder, StakeholderPosition
from scorecards.printing import PRINT
from tests.rows_feeds import fill_feeds
from tests.rows_formbricks import fill_formbricks
from tests.rows_measures import fill_measures
from tests.rows_people import fill_people_with_a_say
from tests.rows_persona_rules import fill_personas
from tests.rows_personas import fill_persona
from tests.rows_persons import fill_persons
from tests.rows_talk import fill_talk
from tests.rows_webhooks import fill_webhooks
from touchpoints.models import Alarm, Channel, Chart, Event, Observation, PhaseKind, Subject, Touchpoint, Watch
from workspaces.models import (
    ApiToken,
    Attribute,
    Comment,
    Digest,
    Invitation,
    Job,
    JobState,
    Membership,
    Notice,
    SavedView,
    Team,
    TeamMember,
    User,
    WebhookDelivery,
    WebhookEndpoint,
    Workspace,
)

# The name of an address' part (<int:team_id>) or of a form's field, and the row of a workspace that it names.
ROWS: dict[str, Callable[[Workspace], Any]] = {
    "member_id": lambda workspace: newest(Membership, workspace),
    "team_id": lambda workspace: newest(Team, workspace),
    "invitation_id": lambda workspace: newest(Invitation, workspace),
    "token_id": lambda workspace: newest(ApiToken, workspace),
    "measure_id": lambda workspace: newest(Measure, workspace),
    "opportunity_id": lambda workspace: newest(Opportunity, workspace),
    "stakeholder_id": lambda workspace: newest(Stakeholder, workspace),
    "stood_id": lambda workspace: newest(StakeholderPosition, workspace),
    "step_id": lambda workspace: newest(NextStep, workspace),
    "persona_id": lambda workspace: newest(Persona, workspace),
    "rule_id": lambda workspace: newest(PersonaRule, workspace),
    "persona_rule_id": lambda workspace: newest(PersonaRule, workspace),
    "note_id": lambda workspace: newest(Note, workspace),
    "edition_id": lambda workspace: newest(PersonaEdition, workspace),
    "fact": lambda workspace: "household",
    "channel_id": lambda workspace: newest(Channel, workspace),
    "touchpoint_id": lambda workspace: newest(Touchpoint, workspace),
    "notice_id": lambda workspace: newest(Notice, workspace),
    "comment_id": lambda workspace: newest(Comment, workspace),
    "alarm_id": lambda workspace: newest(Alarm, workspace),
    "event_id": lambda workspace: newest(Event, workspace),
    "insight_id": lambda workspace: newest(Insight, workspace),
    "attribute_id": lambda workspace: newest(Attribute, workspace),
    "theme_id": lambda workspace: newest(Theme, workspace),
    "journey_id": lambda workspace: newest(Journey, workspace),
    "phase_id": lambda workspace: newest(Phase, workspace),
    "placement_id": lambda workspace: newest(Placement, workspace),
    "lane_id": lambda workspace: newest(Lane, workspace),
    "link_id": lambda workspace: newest(ShareLink, workspace),
    "view_id": lambda workspace: newest(SavedView, workspace, screen="map"),
    "table_view_id": lambda workspace: newest(SavedView, workspace, screen="scorecards"),
    "change_id": lambda workspace: newest(Change, workspace),
    "job_id": lambda workspace: newest(Job, workspace, kind=IMPORT),
    "print_id": lambda workspace: newest(Job, workspace, kind=PRINT),
    "sheet_id": lambda workspace: newest(Job, workspace, kind=KIND),
    "submission_id": lambda workspace: newest(Submission, workspace),
    "case_id": lambda workspace: newest(Case, workspace),
    "response_id": lambda workspace: newest(Response, workspace),
    "usage_id": lambda workspace: newest(UsageDay, workspace),
    "usage_file_id": lambda workspace: newest(Job, workspace, kind=USAGE),
    "mapping_id": lambda workspace: newest(Mapping, workspace),
    "webhook_id": lambda workspace: newest(WebhookEndpoint, workspace),
    "delivery_id": lambda workspace: newest(WebhookDelivery, workspace),
    "survey_id": lambda workspace: newest(Survey, workspace),
    "erasure_id": lambda workspace: newest(Erasure, workspace),
    "question_id": lambda workspace: newest(Question, workspace),
    "formbricks_id": lambda workspace: newest(Formbricks, workspace),
    "formbricks_question_id": lambda workspace: newest(FormbricksQuestion, workspace),
}
# What forms call the same rows, beside their names without `_id`.
FIELDS = {
    "against": "persona_id",
    "owner_team": "team_id",
    "owner_member": "member_id",
    "members": "member_id",
    "personas": "persona_id",
    "touchpoints": "touchpoint_id",
    "insights": "insight_id",
    "decider": "member_id",
    "named": "member_id",
    "decides": "measure_id",
    "to_phase": "phase_id",
    "after": "placement_id",
    "saved": "mapping_id",
    "answers": "comment_id",
    "theme": "theme_id",
    "into": "theme_id",
    "mention": "member_id",
}


def newest(model: type[Model], workspace: Workspace, **which: str) -> int:
    """The id of that workspace's newest row, of those."""
    rows = model.objects.of(workspace).filter(**which)  # type: ignore[attr-defined]
    pk: int = rows.order_by("-pk").values_list("pk", flat=True)[0]
    return pk


def fill(workspace: Workspace, *, by: User) -> None:
    """One of everything, so that each address has a row to name."""
    fill_people(workspace, by=by)
    persona = fill_personas(workspace)
    channel = Channel.objects.create(workspace=workspace, name="App")
    touchpoint = Touchpoint.objects.create(
        workspace=workspace,
        name="Delay information",
        channel=channel,
        subject=Subject.objects.create(workspace=workspace, kind="touchpoint"),
    )
    Insight.objects.create(workspace=workspace, touchpoint=touchpoint, text="Too late", mentions=3)
    Event.objects.create(workspace=workspace, touchpoint=touchpoint, day="2026-03-01", text="Push provider changed")
    Attribute.objects.create(workspace=workspace, key="line", name="Line", position=1)
    fill_talk(workspace, touchpoint, by=by)
    SavedView.objects.create(workspace=workspace, screen="map", name="Weak ones", query="?band=weak")
    SavedView.objects.create(workspace=workspace, screen="scorecards", name="Weak ones", query="?band=weak")
    fill_journey(workspace, persona, touchpoint, by=by)
    fill_answers(workspace, persona, touchpoint)
    fill_persona(workspace, persona, by=by)
    fill_feeds(workspace, touchpoint, by=by)
    fill_survey(workspace, touchpoint)
    fill_themes(workspace, touchpoint)
    fill_persons(workspace, by=by)
    fill_formbricks(workspace, touchpoint)
    fill_alarms(workspace, touchpoint)
    made = {"payload": {"query": "", "lines": 501, "language": "en"}, "upload": b"%PDF", "state": JobState.DONE}
    Job.objects.create(workspace=workspace, kind=PRINT, key="first", created_by=by, **made)
    fill_measures(workspace, touchpoint, persona, by=by)
    fill_people_with_a_say(workspace, by=by)
    fill_webhooks(workspace)
    begin_sheet(workspace, "map.csv", b"Phase,Touchpoint,Weather\nPurchase,Kiosk,fair\n,,\n", key="first", by=by)


def fill_people(workspace: Workspace, *, by: User) -> None:
    """A team, an invitation and a token beside the members who are there."""
    team = Team.objects.create(workspace=workspace, name="Front desk")
    member = Membership.objects.of(workspace).get(user=by)
    TeamMember.objects.create(workspace=workspace, team=team, member=member)
    Digest.objects.create(workspace=workspace, member=member, day="2026-03-02")
    Invitation.objects.create(
        workspace=workspace,
        email="new@example.org",
        token_hash=f"invitation {workspace.pk}",
        expires_at=timezone.now() + datetime.timedelta(days=14),
    )
    ApiToken.objects.create(
        workspace=workspace, name="Sync", prefix="sync", token_hash=f"token {workspace.pk}", scopes=["read"]
    )


def fill_journey(workspace: Workspace, persona: Persona, touchpoint: Touchpoint, *, by: User) -> None:
    """A journey with its five phases, a lane, one placement and one change."""
    journey = Journey.objects.create(
        workspace=workspace,
        name="Commute",
        subject=Subject.objects.create(workspace=workspace, kind="journey"),
        revision=1,
    )
    phases = [
        Phase.objects.create(workspace=workspace, journey=journey, kind=kind, position=position)
        for position, kind in enumerate(PhaseKind.values)
    ]
    journey.personas.add(persona, through_defaults={"workspace": workspace})
    placement = Placement.objects.create(
        workspace=workspace, journey=journey, phase=phases[0], touchpoint=touchpoint, position=0
    )
    lane = Lane.objects.create(workspace=workspace, journey=journey, kind="text", name="Weather", position=0)
    at = {"workspace": workspace, "journey": journey, "placement": placement}
    LaneCell.objects.create(lane=lane, text="fair", **at)
    MetNeed.objects.create(persona=persona, need="to be on time", how_well="partly", **at)
    ShareLink.objects.create(workspace=workspace, journey=journey, name="Agency", token_hash=f"share {workspace.pk}")
    what = {"placement": placement.pk, "name": touchpoint.name, "to": phases[0].pk}
    Change.objects.create(workspace=workspace, journey=journey, revision=1, verb="place", what=what, by=by)


def fill_answers(workspace: Workspace, persona: Persona, touchpoint: Touchpoint) -> None:
    """An upload with one questionnaire, its answer and what was observed."""
    job = Job.objects.create(workspace=workspace, kind=IMPORT, key="first", upload=b"nps\n9\n", state="done")
    Mapping.objects.create(workspace=workspace, name="Spring survey")
    day = datetime.date(2026, 3, 1)
    submission = Submission.objects.create(
        workspace=workspace,
        source="survey",
        external_id="1",
        occurred_at=datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC),
        day=day,
        persona=persona,
        respondent=Respondent.objects.create(workspace=workspace, reference="K-1001"),
    )
    answer = {"workspace": workspace, "subject": touchpoint.subject, "metric": "nps", "scale": "0-10", "value": 9}
    said = Response.objects.create(submission=submission, question="nps", job=job, **answer)
    opened = datetime.datetime(2026, 3, 1, 13, tzinfo=datetime.UTC)
    moments = {"opened_at": opened, "due_at": opened + datetime.timedelta(hours=72)}
    Case.objects.create(workspace=workspace, response=said, subject=touchpoint.subject, cause="mark", **moments)
    Observation.objects.create(day=day, times=1, **answer)


def fill_survey(workspace: Workspace, touchpoint: Touchpoint) -> None:
    """An open survey of one question, which somebody has begun to answer."""
    here: dict[str, Any] = {"workspace": workspace, "subject": touchpoint.subject}
    survey = Survey.objects.create(name="On the way", status="open", **here)
    wording = {"en": "How likely?", "de": "Wie sehr?"}
    Question.objects.create(survey=survey, position=0, kind="nps", wording=wording, **here)
    Filling.objects.create(workspace=workspace, survey=survey, key=f"filling of {workspace.pk}", language="en")


def fill_themes(workspace: Workspace, touchpoint: Touchpoint) -> None:
    """What a search for themes found: a suggestion, and another that was merged into it."""
    here: dict[str, Any] = {"workspace": workspace, "touchpoint": touchpoint}
    ThemeSearch.objects.create(day="2026-03-01", commenters=8, **here)
    found: dict[str, Any] = {**here, "kind": "pain", "by_month": [0] * 11 + [3], "commenters": 3}
    part = Theme(label="Forecast", leading="forecast", terms=["forecast"], state="merged", **found)
    part.merged_into = Theme.objects.create(label="No reason", leading="no reason", terms=["no reason"], **found)
    part.save()
    Theme.objects.create(label="Too late", leading="too late", terms=["too late"], **found)


def fill_alarms(workspace: Workspace, touchpoint: Touchpoint) -> None:
    """A chart of the touchpoint's NPS, the alarm that it raised, and how far it is watched."""
    day, usual, worse = datetime.date(2026, 3, 1), 0.75, 0.5
    here: dict[str, Any] = {"workspace": workspace, "subject": touchpoint.subject}
    nps: dict[str, Any] = {"metric": "nps", "scale": "0-10", "since": day}
    chart = Chart.objects.create(
        based_on=day,
        first=day - datetime.timedelta(days=180),
        last=day - datetime.timedelta(days=1),
        counts=[100, *[0] * 9, 300],
        shares=[1 - usual, *[0] * 9, usual],
        mean=100 * usual,
        variance=1875,
        answers=400,
        per_day=2,
        dispersion=1,
        shift=10,
        usual=[1 - usual, *[0] * 9, usual],
        worse=[1 - worse, *[0] * 9, worse],
        evidence=[*[0.5] * 9, -0.5, -0.5],
        begins=day,
        limits=[{"from": "2026-03-01", "quiet": 30, "threshold": 1.5}],
        day=day,
        height=2,
        **here,
        **nps,
    )
    Alarm.objects.create(kind="deterioration", chart=chart, day=day, before=75, before_answers=400, **here, **nps)
    Watch.objects.create(day=day, band="good", **here)
