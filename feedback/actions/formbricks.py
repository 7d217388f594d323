"""Connections to Formbricks: made, mapped and listened to."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from feedback.actions.answer import Answer
from feedback.actions.questionnaire import Status
from feedback.actions.record import record_responses
from feedback.formbricks import LONGEST, Filled
from feedback.models import Formbricks, FormbricksPart, FormbricksQuestion, Looks
from feedback.models.formbricks import MOST_QUESTIONS, SMALL
from workspaces import clock
from workspaces.access import locked
from workspaces.actions import keeping, record
from workspaces.errors import Refused
from workspaces.limits import allow
from workspaces.models import LONGEST_ATTRIBUTE, Actor, Attribute, Workspace
from workspaces.secrets import seal
from workspaces.signatures import Fault, Message, key_of
from workspaces.transactions import retried

DAY = 86_400  # seconds
MISSED = "missed"
LIST = ", "
WHOLE = re.compile(r"-?[0-9]{1,4}")


@retried
def connect_formbricks(workspace: Workspace, *, name: str, by: Actor) -> Formbricks:
    """A new connection with an address of its own. Raises IntegrityError when the name is taken."""
    made: Formbricks = Formbricks.objects.create(workspace=workspace, name=name)
    record(workspace, "formbricks.create", made, by=by)
    return made


def set_formbricks_secret(formbricks: Formbricks, *, secret: str, version: int, by: Actor) -> Formbricks:
    """Verify by this secret from now on. Raises Stale, and Refused for one by which nothing can be signed."""
    try:
        key_of(secret)
    except ValueError:
        raise Refused(_("This is no signing secret: it begins with whsec_.")) from None
    facts = {"secret": seal(secret), "secret_at": clock.now()}
    return keeping.edit(formbricks, version=version, by=by, **facts)


def disconnect_formbricks(formbricks: Formbricks, *, by: Actor) -> Formbricks:
    """Take nothing more from it: its address is unknown from now on. What it brought stays."""
    return keeping.archive(formbricks, by=by)


def restore_formbricks(formbricks: Formbricks, *, by: Actor) -> Formbricks:
    """Listen to it again. Raises IntegrityError when its name has been given to another meanwhile."""
    return keeping.restore(formbricks, by=by)


def map_formbricks_question(question: FormbricksQuestion, *, version: int, by: Actor, **facts: Any) -> Any:
    """Decide what a question's answers are, from the next one on. Raises Stale."""
    return keeping.edit(question, version=version, by=by, **facts)


def refuse_message(formbricks: Formbricks, fault: Fault) -> None:
    """Note that a message was not believed."""
    noted = {"refused": F("refused") + 1, "refused_at": clock.now(), "fault": fault}
    Formbricks.objects.filter(pk=formbricks.pk).update(**noted)


@retried
def hear_formbricks(formbricks: Formbricks, filled: Filled, message: Message) -> Counter[str]:
    """Store what is mapped of an answered questionnaire; return how many answers met each fate.

    A message that was heard before changes nothing, nor does an older state of the questionnaire. Of what is not
    mapped only the number is kept.
    """
    formbricks = locked(formbricks)
    if not allow(f"formbricks:{formbricks.pk} {message.id}", limit=1, seconds=DAY).allowed:
        return Counter()
    now = clock.now()
    counts: Counter[str] = Counter()
    questions, unlisted = _questions(formbricks, filled)
    heard = _heard(formbricks, filled, questions)
    results = record_responses(formbricks.workspace, heard.answers).results
    fates = {answer.question: result.status for answer, result in zip(heard.answers, results, strict=True)}
    for name, question in questions.items():
        fate = "" if question.part == FormbricksPart.LEFT_OUT else fates.get(heard.within.get(name, ""), MISSED)
        counts[fate] += 1
        if fate in {Status.STORED, Status.REFUSED, MISSED}:
            setattr(question, str(fate), getattr(question, str(fate)) + 1)
        _look(question, filled.answers[name])
        question.heard_at = now
    changed = ["looks", "lowest", "highest", "stored", "missed", "refused", "heard_at"]
    FormbricksQuestion.objects.bulk_update(questions.values(), changed)
    noted = {"heard": F("heard") + 1, "heard_at": now, "unlisted": F("unlisted") + unlisted}
    Formbricks.objects.filter(pk=formbricks.pk).update(**noted)
    return counts


def _questions(formbricks: Formbricks, filled: Filled) -> tuple[dict[str, FormbricksQuestion], int]:
    """The questions that were answered, by their ids in the order of the answers, and how many are not listed."""
    answered = [name for name, given in filled.answers.items() if not _is_blank(given)]
    asked = [name for name in answered if 1 <= len(name) <= LONGEST]
    listed = FormbricksQuestion.objects.of(formbricks.workspace).filter(formbricks=formbricks)
    here = {one.question: one for one in listed.filter(survey=filled.survey, question__in=asked)}
    new = [name for name in asked if name not in here]
    room = max(0, MOST_QUESTIONS - listed.count()) if new else 0
    facts = {"workspace_id": formbricks.workspace_id, "formbricks": formbricks, "survey": filled.survey}
    made = FormbricksQuestion.objects.bulk_create([FormbricksQuestion(question=name, **facts) for name in new[:room]])
    here |= {one.question: one for one in made}
    return {name: here[name] for name in asked if name in here}, len(answered) - len(here)


@dataclass
class _Heard:
    """What is to be stored, and within the answer to which question each question's answer stands."""

    answers: list[Answer] = field(default_factory=list)
    within: dict[str, str] = field(default_factory=dict)


def _heard(formbricks: Formbricks, filled: Filled, questions: Mapping[str, FormbricksQuestion]) -> _Heard:
    """What is mapped of it; words go with the rating before them, attributes with all ratings."""
    heard, attributes = _Heard(), _attributes(formbricks, filled, questions.values())
    for name, question in questions.items():
        given, scale = filled.answers[name], question.declared_scale
        if scale is not None and question.subject_id is not None:
            answer = Answer(
                source=formbricks.name,
                external_id=filled.response,
                question=name,
                version=filled.version,
                subject=question.subject_id,
                metric=scale.metric.value,
                scale=scale.code,
                value=given,
                occurred_at=filled.begun_at,
                attributes=attributes,
            )
            heard.answers.append(answer)
            heard.within[name] = name
        elif question.part == FormbricksPart.WORDS and heard.answers and isinstance(given, str):
            rated = heard.answers[-1]
            rated.text = f"{rated.text}\n{given}".strip()
            heard.within[name] = rated.question
    if heard.answers:
        told = {name for name, one in questions.items() if one.attribute in attributes}
        heard.within |= dict.fromkeys(told, heard.answers[0].question)
    return heard


def _attributes(formbricks: Formbricks, filled: Filled, questions: Iterable[FormbricksQuestion]) -> dict[str, str]:
    """What it says of the workspace's attributes; what is too long for one is left out."""
    told = {one.attribute: _words(filled.answers[one.question]) for one in questions if one.attribute}
    if not told:
        return {}
    kept = Attribute.objects.of(formbricks.workspace).kept().filter(key__in=told).values_list("key", flat=True)
    return {key: told[key] for key in kept if len(told[key]) <= LONGEST_ATTRIBUTE}


def _look(question: FormbricksQuestion, given: Any) -> None:
    """Note what an answer looks like, without keeping it."""
    number = given
    if isinstance(given, str) and WHOLE.fullmatch(given.strip()):
        number = int(given)
    if isinstance(number, int | float) and not isinstance(number, bool):
        question.looks = Looks.NUMBER
        if number in SMALL:
            question.lowest = min(int(number), int(number) if question.lowest is None else question.lowest)
            question.highest = max(int(number), int(number) if question.highest is None else question.highest)
    else:
        question.looks = Looks.WORDS if isinstance(given, str) else Looks.CHOICE


def _words(given: Any) -> str:
    if isinstance(given, list):
        return LIST.join(map(str, given))
    return str(int(given)) if isinstance(given, float) and given.is_integer() else str(given)


def _is_blank(given: Any) -> bool:
    return given is None or given in ("", [], {})
