"""Fills the sample workspace by the same actions that people use."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction

from feedback.actions import (
    Answer,
    Used,
    add_question,
    create_insight,
    create_survey,
    open_survey,
    record_responses,
    record_usage,
    search_themes,
)
from feedback.models import Insight, Submission
from journeys.actions.cells import Need, link_needs, write_cell
from journeys.actions.journeys import create_journey
from journeys.actions.lanes import add_lane, show_lane
from journeys.models import Change, Journey, LaneKind, Placement, Verb
from journeys.sample import answers, content, elsewhere
from journeys.sample.cases import write_cases
from journeys.sample.lived import BEGUN, SETTLED, Life
from journeys.sample.measures import give_verdicts, write_measures
from journeys.sample.people import write_personas
from journeys.sample.remembered import remember_year
from journeys.sample.rules import write_rules
from journeys.sample.stakeholders import write_stakeholders
from personas.actions import lines_of
from personas.models import Persona
from touchpoints.actions import (
    create_channel,
    create_event,
    create_touchpoint,
    fold_all,
    rebuild,
    settle_priors,
    settle_windows,
    subject_of,
    watch_from_now,
)
from touchpoints.models import Subject, Touchpoint
from touchpoints.past import DAY
from workspaces import clock
from workspaces.actions import create_attribute, create_team, create_workspace
from workspaces.models import Job, JobState, User, Workspace

FILL = "journeys.fill_sample"  # the kind of the job that each sample workspace has: the name of its task
SOURCE = "sample"
AT_ONCE = 1000  # answers recorded in one go
FACTS = ("name", "contact", "directness", "device", "importance", "target")
ASKED = ("brand", "quota", "privacy", "thanks", "cooldown")

Tell = Callable[[int, int], None]  # so much of so much is done


def load_sample(*, language: str, by: User) -> Workspace:
    """A new workspace of the invented rail operator Lindbahn, in that language, with a year of answers until today."""
    with transaction.atomic():
        job = create_sample(language=language, by=by, state=JobState.DONE)
        write_sample(job.workspace, by=by)
    count_sample(job.workspace)
    give_verdicts(job.workspace, by=by)
    return job.workspace


@transaction.atomic
def create_sample(*, language: str, by: User, state: JobState) -> Job:
    """The sample's workspace, still empty, and the job of filling it."""
    name = content.facts(language)["workspace"]["name"]
    workspace = create_workspace(name=name, by=by, language=language)
    job: Job = Job.objects.create(workspace=workspace, kind=FILL, key=FILL, state=state, created_by=by)
    return job


@transaction.atomic
def write_sample(workspace: Workspace, *, by: User, tell: Tell | None = None) -> None:
    """Write all of the sample into its workspace, where it is not yet. To `tell` how far it is: half of the work."""
    if Submission.objects.of(workspace).filter(source=SOURCE).exists():
        return
    facts = content.facts(workspace.language)
    sample = _Sample(workspace, facts, by)
    sample.write_library()
    for journey in facts["journeys"]:
        sample.draw(journey)
    for survey in content.surveys():
        sample.ask(survey)
    Change.objects.of(workspace).update(by=None)  # whoever looks around undoes their own moves, not the sample
    year = sample.year(content.comments(workspace.language))
    for start in range(0, len(year), AT_ONCE):
        some = year[start : start + AT_ONCE]
        record_responses(workspace, some, cases=False)
        if tell:
            tell(start + len(some), 2 * len(year))
    record_usage(workspace, list(sample.usage()))
    write_rules(workspace, facts["persona_rules"], sample.personas, by=by)
    write_cases(workspace)
    write_measures(workspace, sample.touchpoints, by=by)
    write_stakeholders(workspace, sample.touchpoints, by=by)


def count_sample(workspace: Workspace, *, tell: Tell | None = None) -> None:
    """Bring the health of all that was asked about to where it would be after such a year: the other half.

    So for the themes of what was said.
    """
    subjects = list(Subject.objects.of(workspace).values_list("id", flat=True))
    for done, subject in enumerate(subjects, start=1):
        fold_all([subject])
        if tell:
            tell(len(subjects) + done, 2 * len(subjects))
    settle_windows(subjects)
    with transaction.atomic():
        settle_priors(workspace.pk, clock.today(workspace.zone))
    rebuild(subjects)
    remember_year(workspace, subjects)
    rebuild(subjects)  # whether a score is known follows from whether it was as yesterday ended
    watch_from_now(workspace, subjects)
    for touchpoint in Touchpoint.objects.of(workspace).select_related("workspace"):
        search_themes(touchpoint)


@dataclass
class _Sample:
    """What has been written so far, by the keys of the files."""

    workspace: Workspace
    facts: dict[str, Any]
    by: User
    personas: dict[str, Persona] = field(default_factory=dict)
    touchpoints: dict[str, Touchpoint] = field(default_factory=dict)
    journeys: dict[str, Journey] = field(default_factory=dict)

    def write_library(self) -> None:
        """Channels, attributes, teams, personas, touchpoints and their insights."""
        made: dict[str, Any] = {"workspace": self.workspace, "by": self.by}
        channels = {
            entry["key"]: create_channel(name=entry["name"], icon=entry["icon"], **made)
            for entry in self.facts["channels"]
        }
        for entry in self.facts["attributes"]:
            create_attribute(name=entry["name"], key=entry["key"], **made)
        teams = {entry["key"]: create_team(name=entry["name"], members=(), **made) for entry in self.facts["teams"]}
        self.personas = write_personas(self.workspace, self.facts["personas"], by=self.by)
        for entry in self.facts["touchpoints"]:
            touchpoint = create_touchpoint(
                **made, channel=channels[entry["channel"]], owner_team=teams[entry["team"]], **_only(entry, FACTS)
            )
            self.touchpoints[entry["key"]] = touchpoint
            for insight in entry.get("insights", ()):
                create_insight(touchpoint, by=self.by, **insight)
            for event in entry.get("events", ()):
                day = clock.today(self.workspace.zone) - event["days_ago"] * DAY
                create_event(**made, touchpoint=touchpoint, day=day, text=event["text"])
        long_ago = clock.now() - BEGUN * DAY
        Insight.objects.of(self.workspace).update(created_at=long_ago)

    def draw(self, entry: dict[str, Any]) -> None:
        """A journey with its touchpoints in their phases."""
        journey = self.journeys[entry["key"]] = create_journey(
            self.workspace,
            by=self.by,
            personas=[self.personas[key] for key in entry["personas"]],
            labels=entry["labels"],
            parent_placement=self.placed_at(*entry["part_of"]) if "part_of" in entry else None,
            **_only(entry, ("name", "note", "category", "standing")),
        )
        lived = entry.get("lived", {})
        stands = {*entry["touchpoints"], *lived.get("gone", ())}
        every = entry["touchpoints"] == "all"
        facts = [one for one in self.facts["touchpoints"] if one["key"] in stands or (every and "only" not in one)]
        life = Life(journey, facts, self.touchpoints, lived, self.by)
        life.live()
        self.tell_lanes(journey, entry)
        life.date(SETTLED)
        opened = Change.objects.of(self.workspace).filter(verb=Verb.OPEN, what__opens=journey.pk)
        opened.update(at=clock.now() - SETTLED * DAY)

    def placed_at(self, journey: str, touchpoint: str) -> Placement:
        """Where a touchpoint stands on a journey that is drawn already."""
        found: Placement = self.journeys[journey].placements.get(touchpoint=self.touchpoints[touchpoint])
        return found

    def ask(self, entry: dict[str, Any]) -> None:
        """A survey with its questions; whoever looks around answers it first."""
        about = self.touchpoints[entry["touchpoint"]].subject if "touchpoint" in entry else None
        name, facts = entry["name"][self.workspace.language], _only(entry, ASKED)
        survey = create_survey(self.workspace, by=self.by, subject=about, name=name, **facts)
        for question in entry["questions"]:
            add_question(survey, by=self.by, **question)
        if entry["open"]:
            open_survey(survey, by=self.by)

    def tell_lanes(self, journey: Journey, entry: dict[str, Any]) -> None:
        """Which needs its touchpoints are there for, and what the team's own lane tells of them."""
        placements = {placement.touchpoint_id: placement for placement in journey.placements.all()}
        needs: dict[str, list[Need]] = {}
        for touchpoint, key, number, how_well in entry.get("needs", ()):
            persona = self.personas[key]
            needs.setdefault(touchpoint, []).append((persona.pk, lines_of(persona)["needs"][number], how_well))
        for touchpoint, met in needs.items():
            link_needs(placements[self.touchpoints[touchpoint].pk], was=[], needs=met, by=self.by)
        if needs:
            show_lane(journey.lanes.get(kind=LaneKind.NEEDS), shown=True, by=self.by)
        if own := entry.get("own_lane"):
            added = add_lane(journey, name=own["name"], kind=own["kind"], by=self.by)
            lane = journey.lanes.get(pk=added.what["lane"])
            for touchpoint, calls in own["told"].items():
                here = placements[self.touchpoints[touchpoint].pk]
                write_cell(here, lane=lane, was=None, value=Decimal(calls), by=self.by)

    def year(self, comments: dict[str, dict[str, list[str]]]) -> list[Answer]:
        """The answers about all that customers were asked about, in the order in which they were given."""
        today = clock.today(self.workspace.zone)
        shares = {persona["key"]: persona["share"] for persona in self.facts["personas"]}
        given = [
            answer
            for asked, about in self.asked()
            for filled in answers.year_of(asked, comments.get(asked["key"], {}), shares, today, self.workspace.zone)
            for answer in self.answers_in(filled, about, source=_source_of(asked, filled, today))
        ]
        for entry in self.facts["touchpoints"]:
            if "complaints" in entry.get("usage", {}):
                for filled in answers.complaints_of(entry, comments[entry["key"]], today, self.workspace.zone):
                    given += self.answers_in(filled, self.about(entry))
            said, about = comments.get(entry["key"], {}), self.about(entry)
            given += elsewhere.published_of(entry, said, today, self.workspace.zone, about["subject"])
            given += elsewhere.entered_at(entry, said, today, self.workspace.zone, about)
        return sorted(given, key=lambda answer: answer.occurred_at)

    def asked(self) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """The figures of every touchpoint that has been heard of and of what is asked about as a whole, and where."""
        for entry in self.facts["touchpoints"]:
            if "means" in entry:
                yield entry, self.about(entry)
        company = self.facts["workspace"]["asked"]
        by_key = {entry["key"]: entry for entry in self.facts["touchpoints"]}
        beside = [(by_key[key], pull) for key, pull in company["beside"].items()]
        yield {"key": "workspace", **company, "beside": beside}, {"subject": subject_of(self.workspace).pk}
        for entry in self.facts["journeys"]:
            key = entry["key"]
            if "asked" not in entry:
                continue
            yield {"key": f"journey {key}", **entry["asked"]}, {"subject": self.journeys[key].subject_id}

    def about(self, entry: dict[str, Any]) -> dict[str, Any]:
        """What a touchpoint's answers are about, and where they were given."""
        one = self.touchpoints[entry["key"]]
        return {"subject": one.subject_id, "channel": one.channel_id, "device": one.device}

    def answers_in(self, filled: answers.Filled, about: dict[str, Any], *, source: str = SOURCE) -> Iterator[Answer]:
        """The answers of one questionnaire; its comment goes with the first."""
        persona = self.personas.get(filled.persona)
        attributes = answers.attributes_of(filled, self.facts["attributes"])
        said = [(metric, value, about) for metric, value in filled.values.items()]
        for key, value in filled.beside.items():
            said.append(("csat", value, {"subject": self.touchpoints[key].subject_id}))
        for number, (metric, value, where) in enumerate(said):
            yield Answer(
                source=source,
                external_id=filled.name,
                metric=metric,
                scale=answers.SCALES[metric].code,
                value=value,
                occurred_at=filled.at,
                text=filled.comment if number == 0 else "",
                persona=persona.pk if persona else None,
                attributes=attributes,
                **where,
            )

    def usage(self) -> Iterator[Used]:
        """How often customers came, and how many finished what they came for."""
        today, counts = clock.today(self.workspace.zone), self.facts["workspace"]["counts"]
        for entry in self.facts["touchpoints"]:
            if "usage" in entry:
                subject = self.touchpoints[entry["key"]].subject_id
                for day, contacts, visits, completed in answers.usage_of(entry, today):
                    yield Used(counts, subject, day, contacts, visits, completed)


def _source_of(asked: dict[str, Any], filled: answers.Filled, today: datetime.date) -> str:
    """Who brought a questionnaire: where a touchpoint's own source has stopped since, another one stepped in."""
    stopped = (today - filled.at.date()).days < asked.get("stopped_ago", 0)
    return SOURCE if stopped or "told_by" not in asked else str(asked["told_by"])


def _only(facts: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: facts[name] for name in names if name in facts}
