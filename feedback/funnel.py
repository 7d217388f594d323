"""How far customers came with a survey."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q

from feedback.models import Filling, Question, Survey


class Funnel(NamedTuple):
    """How many began, how many sent it, when the last was sent, and how many stand before each question, by its id.

    Who began and did not send is forgotten after 30 days; who only looked was never known.
    """

    begun: int
    finished: int
    last: Any
    left: dict[int, int]

    @property
    def underway(self) -> int:
        """How many began and have not sent it."""
        return self.begun - self.finished


def funnel_of(survey: Survey, questions: Sequence[Question]) -> Funnel:
    """How far customers came with these questions, by one statement."""
    counts: dict[str, Any] = {
        "begun": Count("pk"),
        "finished": Count("pk", filter=Q(submitted_at__isnull=False)),
        "last": Max("submitted_at"),
    }
    answered: list[str] = []
    for question in questions:
        reached = Q(submitted_at=None) & (Q(answers__has_keys=answered) if answered else Q())
        counts[f"left_{question.pk}"] = Count("pk", filter=reached & ~Q(answers__has_keys=question.names()))
        answered = [*answered, *question.names()]
    found = Filling.objects.of(survey.workspace).filter(survey=survey).aggregate(**counts)
    left = {question.pk: found[f"left_{question.pk}"] for question in questions}
    return Funnel(found["begun"], found["finished"], found["last"], left)
