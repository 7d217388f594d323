"""Erasing one person wherever they are, and the proof of it."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _

from feedback.actions import statements
from feedback.actions.persons.files import forget_kept_answers, forget_quotes, purge_files
from feedback.actions.persons.held import cases_of
from feedback.actions.persons.sought import Person, fillings_of, naming, respondents_of, submissions_of
from feedback.actions.persons.texts import leave_unnamed
from feedback.actions.picking import forget_picked
from feedback.models import CaseState, Erasure, Respondent, Response, Submission, Theme, seal
from workspaces import clock
from workspaces.actions import keeping, record
from workspaces.live import announce
from workspaces.models import Comment, Job, Thread, User, Workspace
from workspaces.transactions import retried


@retried
def erase_person(workspace: Workspace, person: Person, *, by: User) -> Erasure:
    """Remove all that tells of this person, in one transaction, and return the proof.

    What they rated stays as a figure of nobody, so that no score changes. Comments of theirs and those that name them
    go, with the notes on their cases; answers that come later and name them are refused. Raises Refused while an
    import is at work whose file names them.
    """
    known = _hold(workspace, person)
    theirs = list(submissions_of(workspace, person).values_list("pk", flat=True))
    quoting = list(naming(workspace, person).values_list("submission", flat=True))
    locked = _lock_submissions([*theirs, *quoting])
    own = [one for one in locked if one.pk in set(theirs)]
    answers = Response.objects.filter(submission__in=theirs)
    said = answers.exclude(text="") | naming(workspace, person)
    ids, texts = list(said.values_list("pk", flat=True)), set(said.values_list("text", flat=True))
    names = {one.external_id for one in own}
    counts = {"submissions": len(own), "answers": answers.filter(removed_at=None).count(), "comments": len(ids)}
    counts |= _close_cases(workspace, [*ids, *answers.values_list("pk", flat=True)], by=by)
    counts["picked"] = forget_picked(workspace, ids)
    Response.objects.filter(pk__in=ids).update(text="", updated_at=Now())
    _leave_examples(workspace, ids)
    _seal_submissions(own)
    counts["fillings"] = fillings_of(workspace, person, sorted(names)).delete()[0]
    Respondent.objects.filter(pk__in=[one.pk for one in known]).delete()
    counts["mentions"] = leave_unnamed(workspace, person)
    counts["files"] = purge_files(workspace, person, names | texts, by=by)
    forget_quotes(Job.objects.of(workspace))
    forget_kept_answers(workspace, names | texts | set(person.names))
    return _prove(workspace, person, known, counts, by=by)


@retried
def lift_erasure(erasure: Erasure, *, by: User) -> None:
    """Let this person answer again; what was erased stays erased. Twice is harmless."""
    same = Erasure.objects.of(erasure.workspace).filter(digest=erasure.digest, lifted_at=None)
    if same.update(lifted_at=clock.now(), lifted_by=by):
        record(erasure.workspace, "erasure.lift", erasure, by=by)


def erasures_of(workspace: Workspace) -> "QuerySet[Erasure]":
    """Who was erased, the newest first: not by name, of course."""
    found: QuerySet[Erasure] = Erasure.objects.of(workspace).select_related("by", "lifted_by").order_by("-pk")
    return found


def _hold(workspace: Workspace, person: Person) -> list[Respondent]:
    """Their references, locked. One is made where there was none, so that whoever brings an answer of theirs waits."""
    wanted: dict[str, Any] = {"workspace": workspace.pk, "reference": [person.reference], "now": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute(statements.ADD_RESPONDENTS, wanted)
    return list(respondents_of(workspace, person).order_by("reference").select_for_update())


def _lock_submissions(ids: Iterable[int]) -> list[Submission]:
    """In the order of their keys, as everybody does who changes answers."""
    meant = Submission.objects.filter(pk__in=set(ids)).order_by("source", "external_id")
    return list(meant.select_for_update(no_key=True))


def _close_cases(workspace: Workspace, responses: list[int], *, by: User) -> dict[str, int]:
    """Let their cases go on without them: what is still open ends, and what the team noted goes."""
    with translation.override(workspace.language):
        reason = _("The customer’s data were erased.")
    cases = list(cases_of(workspace, responses).order_by("pk").select_for_update(no_key=True))
    threads = [case.thread_id for case in cases if case.thread_id]
    for case in cases:
        case.response = None
        if case.is_under_way:
            case.state, case.closed_at = CaseState.DISMISSED, clock.now()
        if case.state == CaseState.DISMISSED:
            case.reason = reason
        keeping.store(case, "edit", by=by)
        announce(workspace.pk, case=case.pk)
    notes = Comment.objects.of(workspace).filter(thread__in=threads)
    counts = {"cases": len(cases), "notes": notes.count()}
    notes.delete()
    Thread.objects.filter(pk__in=threads).update(comments=0, version=F("version") + 1)
    return counts


def _leave_examples(workspace: Workspace, responses: list[int]) -> None:
    """Themes count what was said and quote it no more."""
    for theme in Theme.objects.of(workspace).filter(examples__overlap=responses).select_for_update(no_key=True):
        theme.examples = [pk for pk in theme.examples if pk not in set(responses)]
        theme.save(update_fields=["examples"])


def _seal_submissions(submissions: list[Submission]) -> None:
    """Part them from their respondent, and put a seal for the source's own name of each: it may be the person's number.

    The row's own number is in it, so that the same name may come, and be erased, once more.
    """
    for one in submissions:
        sealed = seal(one.workspace_id, f"{one.source}\n{one.external_id}", of="submission")
        one.respondent, one.external_id = None, f"erased:{sealed[:40]}:{one.pk}"
    Submission.objects.bulk_update(submissions, ["respondent", "external_id"], batch_size=500)
    Submission.objects.filter(pk__in=[one.pk for one in submissions]).update(updated_at=Now())


def _prove(
    workspace: Workspace, person: Person, known: list[Respondent], counts: dict[str, int], *, by: User
) -> Erasure:
    """One for each reference under which they were known; the counts stand at the one that was asked for."""
    references = dict.fromkeys([person.reference, *(one.reference for one in known)])
    proofs = [
        Erasure.objects.create(
            workspace=workspace,
            digest=seal(workspace.pk, reference),
            counts=counts if reference == person.reference else {},
            at=clock.now(),
            by=by,
        )
        for reference in reversed(references)
    ]
    record(workspace, "erasure.create", proofs[-1], by=by)
    return proofs[-1]
