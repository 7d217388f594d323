"""What is kept of one person, counted."""

from dataclasses import dataclass
from typing import Any

from feedback.actions.persons.files import staged_with
from feedback.actions.persons.sought import Person, fillings_of, naming, respondents_of, submissions_of
from feedback.actions.persons.texts import count_named
from feedback.models import Case, Erasure, PickedVerbatim, Response, seal
from workspaces.models import Comment, Notice, Workspace


@dataclass(frozen=True)
class Held:
    """How much is kept. `erasure`: that they were erased, where that is in force.

    `mentions`: texts of the team that name them. `files`: uploads that wait to be imported and name them.
    """

    person: Person
    known: bool
    counts: dict[str, int]
    erasure: Erasure | None

    @property
    def anything(self) -> bool:
        """Whether there is something to be shown or erased."""
        return self.known or any(self.counts.values())


def held_of(workspace: Workspace, person: Person) -> Held:
    """Count what is kept of them."""
    submissions = submissions_of(workspace, person)
    answers = Response.objects.of(workspace).filter(submission__in=submissions.values("pk"), removed_at=None)
    comments = answers.exclude(text="") | naming(workspace, person)
    said = list(comments.values_list("pk", flat=True))
    cases = cases_of(workspace, [*said, *answers.values_list("pk", flat=True)])
    notes = Comment.objects.of(workspace).filter(thread__in=cases.values("thread"))
    ids = list(submissions.values_list("external_id", flat=True))
    counts = {
        "submissions": len(ids),
        "answers": answers.count(),
        "comments": len(said),
        "cases": cases.count(),
        "notes": notes.count(),
        "picked": PickedVerbatim.objects.of(workspace).filter(response__in=said).count(),
        "notices": Notice.objects.of(workspace).filter(comment__in=notes.values("pk")).count(),
        "fillings": fillings_of(workspace, person, ids).count(),
        "mentions": count_named(workspace, person),
        "files": len(staged_with(workspace, person, set(ids))),
    }
    erasure: Erasure | None = (
        Erasure.objects.of(workspace)
        .filter(digest=seal(workspace.pk, person.reference), lifted_at=None)
        .select_related("by")
        .order_by("-pk")
        .first()
    )
    return Held(person, respondents_of(workspace, person).exists(), counts, erasure)


def cases_of(workspace: Workspace, responses: list[int]) -> Any:
    """The cases that these answers opened."""
    return Case.objects.of(workspace).filter(response__in=set(responses))
