"""A file becomes answers: long and wide, all or none, once."""

import datetime

import pytest
from celery.exceptions import SoftTimeLimitExceeded

from feedback.actions import imports
from feedback.actions.imports import worker
from feedback.columns import Column
from feedback.models import Response, Submission
from personas.models import Persona
from tests.importing import Drafted, checked, reasons, settled, values, worked
from touchpoints.models import Observation, Touchpoint
from workspaces.errors import Refused
from workspaces.models import User, Workspace

pytestmark = pytest.mark.django_db

LONG = """external_id,date,metric,score,scale_min,scale_max,touchpoint,persona,segment,channel,device,verbatim
a1,2026-03-01,NPS,9,,,,Commuter,first class,,phone,Good
a1,2026-03-01,CSAT,4,1,5,Delay information,Commuter,first class,,phone,
a2,01.03.2026,CES,7,1,7,Ticket counter,,,,,"Two
lines"
"""
LONG_DE = """Datum;Wert;Kennzahl;Kontaktpunkt;Kommentar;Externe-ID
01.03.2026;9;Weiterempfehlung;;Schön;a1
02.03.2026;4;Zufriedenheit;Verspätungsinfo;;a2
"""
WIDE = """RESPNUM,INTDATE,Q7ART,Q7FOOD,NETPRO,WEIGHT
1,13,3,6,9,0.28
2,13,5,0,11,0.94
3,14,4,4,10,1.2
4,14,4,6,10,1.2
5,15,4,0,11,1.2
6,15,4,6,11,1.2
7,15,4,0,3,1.2
"""


def test_long_file_is_understood_by_its_names(brought: Drafted, workspace: Workspace) -> None:
    Persona.objects.create(workspace=workspace, name="Commuter")
    job = brought(LONG)
    assert reasons(job) == []
    assert job.state == "done"
    stored = Response.objects.of(workspace).order_by("pk")
    assert [(r.metric, r.scale, r.value, r.text) for r in stored] == [
        ("nps", "0-10", 9, "Good"),
        ("csat", "1-5", 4, ""),
        ("ces", "1-7", 7, "Two\nlines"),
    ]
    assert stored[1].subject.touchpoint.name == "Delay information"
    assert stored[0].subject.kind == "workspace"
    first = Submission.objects.of(workspace).get(external_id="a1")
    assert (first.persona.name, first.segment, first.device) == ("Commuter", "first class", "phone")
    assert first.day == datetime.date(2026, 3, 1)
    assert first.responses.count() == 2


def test_german_names_in_any_order(brought: Drafted, workspace: Workspace) -> None:
    job = brought(LONG_DE)
    assert reasons(job) == []
    assert [(r.metric, r.value, r.text) for r in Response.objects.of(workspace).order_by("pk")] == [
        ("nps", 9, "Schön"),
        ("csat", 4, ""),
    ]


def test_wide_file_is_mapped_column_by_column(drafted: Drafted, edda: User, workspace: Workspace) -> None:
    job = drafted(WIDE)
    plan = imports.plan_of(job)
    assert {name: column.part for name, column in plan.columns.items()} == {
        "RESPNUM": "id",
        "INTDATE": "day",
        "NETPRO": "question",
        "WEIGHT": "weight",
    }
    assert plan.columns["NETPRO"].about == "workspace"
    assert plan.columns["NETPRO"].blanks == ("11",)
    csat = Column(part="question", scale="csat:1-5", about="touchpoint:")
    job = imports.map_columns(job, ["Q7ART", "Q7FOOD"], csat, guess_codes=True)
    assert imports.plan_of(job).columns["Q7FOOD"].blanks == ("6", "0")
    job = checked(settled(job, month="2026-03", day=""), edda)
    assert (job.payload["checked"]["answers"], job.payload["checked"]["refused"]) == (7 + 1 + 4, 0)
    assert not Response.objects.of(workspace).exists()
    job = worked(imports.store_import(job, by=edda))
    assert values(workspace, "nps") == [9, 10, 10, 3]
    assert {t.name for t in Touchpoint.objects.of(workspace)} == {"Q7ART", "Q7FOOD"}
    assert set(Submission.objects.values_list("day", flat=True)) == {datetime.date(2026, 3, d) for d in (13, 14, 15)}
    assert Observation.objects.filter(workspace=workspace).count() == 12


def test_all_or_nothing_is_the_rule(drafted: Drafted, edda: User, workspace: Workspace) -> None:
    job = checked(settled(drafted("id,nps\na,9\nb,11\nc,7\n")), edda)
    assert reasons(job) == [(3, "nps", "11", "out of range")]
    with pytest.raises(Refused):
        imports.store_import(job, by=edda)
    assert values(workspace) == []
    job = worked(imports.store_import(job, leave_out=True, by=edda))
    assert values(workspace) == [9, 7]
    assert reasons(job) == [(3, "nps", "11", "out of range")]


def test_what_takes_longer_than_a_task_may_stores_nothing_and_says_so(
    drafted: Drafted, edda: User, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_given: object) -> None:
        raise SoftTimeLimitExceeded

    job = checked(settled(drafted("nps\n9\n")), edda)
    monkeypatch.setattr(worker, "_store_some", slow)
    job = worked(imports.store_import(job, by=edda))
    assert (job.state, "took too long" in job.error) == ("failed", True)
    assert not Submission.objects.of(workspace).exists()


def test_the_same_file_twice_brings_nothing_new(brought: Drafted, drafted: Drafted, workspace: Workspace) -> None:
    first = brought("nps\n9\n8\n")
    assert (first.result["stored"], first.result["unchanged"]) == (2, 0)
    assert imports.imported_before(drafted("nps\n9\n8\n")) == first
    again = brought("nps\n9\n8\n")
    assert (again.result["stored"], again.result["unchanged"]) == (0, 2)
    assert values(workspace) == [9, 8]


def test_a_job_done_twice_is_done_once(brought: Drafted, workspace: Workspace) -> None:
    job = brought("nps\n9\n8\n")
    assert worked(job).result == job.result
    assert values(workspace) == [9, 8]


def test_unticked_touchpoints_are_not_created(drafted: Drafted, edda: User, workspace: Workspace) -> None:
    job = drafted("id,metric,score,touchpoint\na,csat,5,App\nb,csat,4,Counter\n")
    job = checked(settled(job, create=["App"]), edda)
    assert reasons(job) == [(3, "touchpoint", "Counter", "touchpoint unknown")]
    worked(imports.store_import(job, leave_out=True, by=edda))
    assert [t.name for t in Touchpoint.objects.of(workspace)] == ["App"]


def test_values_are_given_a_persona(drafted: Drafted, edda: User, workspace: Workspace) -> None:
    commuter = Persona.objects.create(workspace=workspace, name="Commuter")
    job = imports.map_columns(drafted("purpose,nps\n1,9\n2,8\n,7\n"), ["purpose"], Column(part="persona"))
    meanings = {"purpose": {"1": "Commuter", "2": ""}}
    job = imports.settle(job, facts={"day": "2026-03-01"}, touchpoints={}, values=meanings, create=[])
    worked(imports.store_import(checked(job, edda), by=edda))
    personas = Submission.objects.of(workspace).order_by("pk").values_list("persona", flat=True)
    assert list(personas) == [commuter.pk, None, None]


def test_comments_go_with_the_question_before(brought: Drafted, workspace: Workspace) -> None:
    comment = {"why": Column(part="comment")}
    job = brought("nps,why\n9,Quick\n,Slow\n", comment)
    assert Response.objects.of(workspace).get().text == "Quick"
    assert reasons(job) == [(3, "why", "Slow", "comment alone")]
