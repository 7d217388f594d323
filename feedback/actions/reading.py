"""From an answer as a source gives it to one that can be stored. What does not fit is refused, never clamped.

What could tell who the customer is, or which employee they met, goes no further than here.
"""

import datetime
import zoneinfo
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeGuard

from django.db import connection

from feedback.actions import statements
from feedback.actions.answer import Answer, Reason, Refused
from feedback.actions.respondents import erased_of
from feedback.models import LONGEST_REFERENCE
from feedback.names import Masker, masker_of
from feedback.persona_rules import Giver, Told, giver_of
from touchpoints.health.metrics import ANSWERED, Refusal, Scale
from touchpoints.models import Device
from workspaces import clock
from workspaces.models import LONGEST_ATTRIBUTE, Workspace

EARLIEST, LATEST = datetime.date(1970, 1, 1), datetime.date(2200, 1, 1)
DAYS_AHEAD = 1  # clocks and time zones differ by a day, not by more
LONGEST_COMMENT, LONGEST_SEGMENT = 10_000, 200  # a mask may be longer than a name
NOON = datetime.time(12)  # of a mere date; every zone has one every day
_DEVICES = frozenset(["", *Device.values])


class Facts(NamedTuple):
    """What is true of a whole questionnaire. `day`: local date in the workspace's zone.

    `respondent`: who answered, once `name_respondents` knows their id. `persona_by_rule`: the persona was not said.
    """

    occurred_at: datetime.datetime
    day: datetime.date
    persona: int | None
    channel: int | None
    device: str
    segment: str
    attributes: Mapping[str, str]
    respondent: int | None = None
    persona_by_rule: bool = False


class Said(NamedTuple):
    """What an answer says. No value: it was removed."""

    version: int
    subject: int
    metric: str
    scale: str
    value: int | None
    text: str


class Reading(NamedTuple):
    """An answer that can be stored. `key`: source and external id of its questionnaire. `respondent`: by reference."""

    key: tuple[str, str]
    question: str
    said: Said
    facts: Facts
    respondent: str


@dataclass
class Reader:
    """Reads answers for one workspace, of which it knows what these answers need."""

    zone: zoneinfo.ZoneInfo
    latest: datetime.date
    subjects: Collection[int]
    personas: Mapping[int, int]  # by its id the one that counts: another where it was merged
    channels: Collection[int]
    attributes: Collection[str]
    erased: Collection[str]  # references of people whose answers are not stored
    masker: Masker
    rules: Giver
    ruled: dict[object, int | None] = field(default_factory=dict)
    moments: dict[object, tuple[datetime.datetime, datetime.date]] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Workspace, answers: Sequence[Answer]) -> "Reader":
        """A reader that knows which of the things these answers name are in this workspace, by one statement.

        By another one where any names its respondent.
        """
        here, told = _here(workspace, answers)
        return cls(
            zone=workspace.zone,
            latest=clock.today(workspace.zone) + datetime.timedelta(days=DAYS_AHEAD),
            subjects=here["subject"],
            personas=here["persona"],
            channels=here["channel"],
            attributes=told["attribute"],
            erased=erased_of(workspace, {_reference(answer) for answer in answers} - {""}),
            masker=masker_of("".join(told["names"])),
            rules=giver_of("".join(told["rules"])),
        )

    def read(self, answer: Answer) -> Reading:
        """The answer as it can be stored. Raises Refused with the first reason against it."""
        _check_text("source", answer.source, 80, needed=True)
        _check_text("external_id", answer.external_id, 120, needed=True)
        _check_text("question", answer.question, 120)
        _check_text("text", answer.text, LONGEST_COMMENT)
        if type(answer.version) is not int or not 1 <= answer.version < 2**31:
            raise Refused(Reason.VERSION, value=answer.version)
        if not _is_id(answer.subject) or answer.subject not in self.subjects:
            raise Refused(Reason.SUBJECT)
        scale = _scale(answer.metric, answer.scale)
        value = _value(scale, answer.value)
        text = self.masker.comment(answer.text)[:LONGEST_COMMENT]
        return Reading(
            (answer.source, answer.external_id),
            answer.question or f"{scale.metric.value}:{answer.subject}",
            Said(answer.version, answer.subject, scale.metric.value, scale.code, value, text),
            self.facts(answer),
            self.respondent(answer),
        )

    def facts(self, answer: Answer) -> Facts:
        """What the answer says of its questionnaire."""
        if answer.persona is not None and not (_is_id(answer.persona) and answer.persona in self.personas):
            raise Refused(Reason.PERSONA)
        if answer.channel is not None and not (_is_id(answer.channel) and answer.channel in self.channels):
            raise Refused(Reason.CHANNEL)
        if not isinstance(answer.device, str) or answer.device not in _DEVICES:
            raise Refused(Reason.DEVICE, value=answer.device)
        _check_text("segment", answer.segment, LONGEST_SEGMENT)
        moment, day = self.when(answer.occurred_at)
        said = self.said_of_attributes(answer.attributes) if answer.attributes else {}
        segment = self.masker.value(answer.segment)[:LONGEST_SEGMENT]
        persona, by_rule = None if answer.persona is None else self.personas[answer.persona], False
        if persona is None and self.rules:
            persona = self.given(Told(answer.source, answer.channel, answer.device, segment, said))
            by_rule = persona is not None
        return Facts(moment, day, persona, answer.channel, answer.device, segment, said, persona_by_rule=by_rule)

    def given(self, told: Told) -> int | None:
        """The persona whom the rules give: worked out once for questionnaires that say the same."""
        key = (*told[:-1], *told.attributes.items())
        if key not in self.ruled:
            self.ruled[key] = self.rules.persona_of(told)
        return self.ruled[key]

    def respondent(self, answer: Answer) -> str:
        """The reference of who answered; empty where it is not said. Refused where it is of somebody erased."""
        _check_text("respondent", answer.respondent, LONGEST_REFERENCE)
        reference = _reference(answer)
        if reference in self.erased:
            raise Refused(Reason.ERASED)
        return reference

    def said_of_attributes(self, attributes: object) -> dict[str, str]:
        """What is said of attributes that the workspace has, without those of which nothing is."""
        if not isinstance(attributes, Mapping):
            raise Refused(Reason.ATTRIBUTE, value=attributes)
        for key, text in attributes.items():
            if key not in self.attributes:
                raise Refused(Reason.ATTRIBUTE, value=key)
            if not _is_text(text):
                raise Refused(Reason.ATTRIBUTE_TEXT, attribute=key)
            if len(text) > LONGEST_ATTRIBUTE:
                raise Refused(Reason.ATTRIBUTE_LONG, attribute=key, limit=LONGEST_ATTRIBUTE)
        mask = self.masker.value
        return {key: mask(text)[:LONGEST_ATTRIBUTE] for key, text in attributes.items() if text}

    def when(self, occurred_at: object) -> tuple[datetime.datetime, datetime.date]:
        """The moment of an experience and its local date. Of a mere date the moment is taken to be noon."""
        if not isinstance(occurred_at, datetime.date):
            raise Refused(Reason.NO_DATE)
        known = self.moments.get(occurred_at)
        if known is None:
            known = self.moments[occurred_at] = self.moment(occurred_at)
        return known

    def moment(self, occurred_at: datetime.date) -> tuple[datetime.datetime, datetime.date]:
        """As `when`, reckoned."""
        if not EARLIEST.year <= occurred_at.year <= LATEST.year:  # before a time zone shifts it out of the calendar
            raise Refused(Reason.IMPOSSIBLE_DATE, value=occurred_at)
        if not isinstance(occurred_at, datetime.datetime):
            occurred_at = datetime.datetime.combine(occurred_at, NOON, self.zone)
        elif occurred_at.utcoffset() is None:
            raise Refused(Reason.NO_TIME_ZONE)
        day = occurred_at.astimezone(self.zone).date()
        if not EARLIEST <= day <= LATEST:
            raise Refused(Reason.IMPOSSIBLE_DATE, value=day)
        if day > self.latest:
            raise Refused(Reason.FUTURE, value=day)
        return occurred_at, day


def _scales() -> dict[str, dict[str, Scale]]:
    """The declared scales by metric and code; a metric's usual one also by no code."""
    found: dict[str, dict[str, Scale]] = {}
    for scale in ANSWERED:
        of_metric = found.setdefault(scale.metric.value, {"": scale})
        of_metric[scale.code] = scale
    return found


_SCALES = _scales()


def _scale(metric: object, code: object) -> Scale:
    scales = _SCALES.get(metric) if isinstance(metric, str) else None
    if scales is None:
        raise Refused(Reason.METRIC, value=metric)
    scale = scales.get(code) if isinstance(code, str) else None
    if scale is None:
        raise Refused(Reason.SCALE, value=code)
    return scale


def _value(scale: Scale, raw: object) -> int:
    value = scale.read_text(raw) if isinstance(raw, str) else scale.read(raw)
    if isinstance(value, Refusal):
        raise Refused(Reason(value.value), value=raw, low=scale.low, high=scale.high)
    return value


def _check_text(name: str, text: object, limit: int, *, needed: bool = False) -> None:
    if not _is_text(text):
        raise Refused(Reason.UNREADABLE, field=name)
    if len(text) > limit:
        raise Refused(Reason.TOO_LONG, field=name, limit=limit)
    if needed and not text:
        raise Refused(Reason.MISSING, field=name)


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and "\0" not in value and (value.isascii() or _is_unicode(value))


def _is_unicode(text: str) -> bool:
    """Whether it can be written as UTF-8: half a surrogate pair cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_id(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 < value < 2**63


def _reference(answer: Answer) -> str:
    return answer.respondent.strip() if _is_text(answer.respondent) else ""


def _here(workspace: Workspace, answers: Sequence[Answer]) -> tuple[dict[str, dict[int, int]], dict[str, set[str]]]:
    wanted = {
        "subject": {answer.subject for answer in answers if _is_id(answer.subject)},
        "persona": {answer.persona for answer in answers if _is_id(answer.persona)},
        "channel": {answer.channel for answer in answers if _is_id(answer.channel)},
    }
    here: dict[str, dict[int, int]] = {kind: {} for kind in wanted}
    told: dict[str, set[str]] = {"attribute": set(), "names": set(), "rules": set()}
    with connection.cursor() as cursor:
        ids = {kind: list(numbers) for kind, numbers in wanted.items()}
        cursor.execute(statements.FIND_NAMED, {"workspace": workspace.id, **ids})
        for kind, number, text in cursor.fetchall():
            if number is not None:
                here[kind][number] = int(text) if text else number
            elif text is not None:
                told[kind].add(text)
    return here, told
