"""Whom one looks for, and by what they are found."""

import re
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from feedback.models import Filling, Respondent, Response, Submission
from workspaces.models import Workspace

SHORTEST_WORD = 4  # what is shorter stands in too many texts that mean something else


@dataclass(frozen=True)
class Person:
    """A customer: the company's own name for them, and whatever else they may be called, such as an e-mail address.

    The other names are looked for in every text, as references, and as ids of questionnaires.
    """

    reference: str
    others: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """All of them, each once."""
        return list(dict.fromkeys([self.reference, *self.others]))

    @property
    def pattern(self) -> str:
        """What finds these names in a text, as whole words, for PostgreSQL; empty where they are too short for that."""
        words = [name for name in self.names if len(name) >= SHORTEST_WORD]
        forms = dict.fromkeys(form for word in words for form in (word, word.replace("\\", "\\\\").replace('"', '\\"')))
        return f"(?<![[:alnum:]])(?:{'|'.join(map(_plain, forms))})(?![[:alnum:]])" if words else ""

    def is_named_in(self, text: str) -> bool:
        """Whether a text names them, as `pattern` finds it."""
        words = [re.escape(name) for name in self.names if len(name) >= SHORTEST_WORD]
        return bool(words) and bool(re.search(rf"(?<![^\W_])(?:{'|'.join(words)})(?![^\W_])", text, re.IGNORECASE))


def respondents_of(workspace: Workspace, person: Person) -> "QuerySet[Respondent]":
    """Under which references they are known."""
    found: QuerySet[Respondent] = Respondent.objects.of(workspace).filter(reference__in=person.names)
    return found


def submissions_of(workspace: Workspace, person: Person) -> "QuerySet[Submission]":
    """What they filled in: where they are the respondent, or one of their other names is the questionnaire's id."""
    theirs = Q(respondent__in=respondents_of(workspace, person).values("pk")) | Q(external_id__in=person.others)
    found: QuerySet[Submission] = Submission.objects.of(workspace).filter(theirs)
    return found


def naming(workspace: Workspace, person: Person) -> "QuerySet[Response]":
    """Answers whose comments name them, whoever wrote those."""
    if not person.pattern:
        nobody: QuerySet[Response] = Response.objects.none()
        return nobody
    found: QuerySet[Response] = Response.objects.of(workspace).filter(text__gt="", text__iregex=person.pattern)
    return found


def fillings_of(workspace: Workspace, person: Person, keys: list[str]) -> "QuerySet[Filling]":
    """Surveys that they answer or answered. `keys`: the ids of their questionnaires, which a survey's fillings are."""
    theirs = Q(key__in=keys) | Q(respondent__in=respondents_of(workspace, person).values("pk"))
    found: QuerySet[Filling] = Filling.objects.of(workspace).filter(theirs)
    return found


def _plain(word: str) -> str:
    """The word as a pattern of PostgreSQL that means itself."""
    return "".join(sign if sign.isalnum() or sign.isspace() else f"\\{sign}" for sign in word)
