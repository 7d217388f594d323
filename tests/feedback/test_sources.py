"""Each source has a page: when it last told, how much, about what, which files brought it, and what was refused."""

import datetime
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback import sources
from feedback.actions import Reason, Used, record_usage
from feedback.actions.troubles import Trouble, note_troubles
from feedback.models import Survey
from feedback.sources import COUNT_DAYS, Volume
from tests.answering import TODAY, Clock, Given, new_touchpoint
from tests.cast import SignIn
from tests.feedback.test_freshness import every, read
from tests.importing import Drafted
from tests.surveying import survey_at
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace

DAY = datetime.timedelta(days=1)


def shown(client: Any, workspace: Workspace, name: str = "") -> str:
    """The list, or the page of one source."""
    path = f"one/?name={quote(name, safe='')}" if name else ""
    answer = client.get(f"/w/{workspace.slug}/answers/sources/{path}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_list_says_what_stopped_and_how_much_each_told(
    at: Clock, workspace: Workspace, delays: Touchpoint, given: Given, vik: User, sign_in: SignIn
) -> None:
    every(given, delays, 1, source="reviews", last=9)
    given(delays, 5, 4, source="app", occurred_at=TODAY)
    given(delays, 5, source="app", occurred_at=TODAY - 60 * DAY)
    record_usage(workspace, [Used("till", delays.subject_id, TODAY - DAY, contacts=1200, visits=30, complaints=5)])
    page = shown(sign_in(vik), workspace)
    assert page.index("stopped 9 days ago") < page.index(">app<")
    assert "2 questionnaires" in page
    assert "3 questionnaires" in page
    assert "1235 contacts, visits and complaints" in page.replace("1,235", "1235")


def test_a_survey_is_called_by_its_name(
    at: Clock, workspace: Workspace, delays: Touchpoint, given: Given, edda: User, sign_in: SignIn
) -> None:
    survey: Survey = survey_at(delays, by=edda)
    Survey.objects.update(name="On the way")
    given(delays, 5, source=survey.source)
    client = sign_in(edda)
    assert ">On the way<" in shown(client, workspace)
    assert f"/surveys/{survey.pk}/" in shown(client, workspace, survey.source)
    assert ">On the way</a>" in client.get(f"/w/{workspace.slug}/answers/").content.decode()
    assert "survey 999" in sources.labels_of(workspace, ["survey 999"])["survey 999"]


@pytest.mark.parametrize("name", ["a/b?c=d&e#f", "Ümläut 100 %", "<b>x</b>", "..", "survey"])
def test_a_source_may_be_called_anything(
    name: str, at: Clock, workspace: Workspace, delays: Touchpoint, given: Given, vik: User, sign_in: SignIn
) -> None:
    given(delays, 5, source=name)
    client = sign_in(vik)
    listed = shown(client, workspace)
    assert "<b>x</b>" not in listed
    url = listed.split('<td><a href="')[1].split('"')[0].replace("&amp;", "&")
    assert "By its latest questionnaire." in client.get(url).content.decode()


def test_a_source_that_is_not_here_is_404(
    at: Clock, workspace: Workspace, elsewhere: Workspace, vik: User, sign_in: SignIn
) -> None:
    note_troubles(elsewhere, [Trouble("crm", Reason.EMPTY)])
    for path in ("one/", "one/?name=", "one/?name=crm"):
        assert sign_in(vik).get(f"/w/{workspace.slug}/answers/sources/{path}").status_code == 404


def test_a_page_tells_about_what_and_what_was_refused(
    at: Clock,
    workspace: Workspace,
    delays: Touchpoint,
    counter: Touchpoint,
    given: Given,
    brought: Drafted,
    edda: User,
    sign_in: SignIn,
) -> None:
    job = brought("id,nps\na,9\nb,12\n", source="crm")
    given(delays, 5, 4, source="crm")
    record_usage(workspace, [Used("crm", counter.subject_id, TODAY, contacts=3)])
    refused = Trouble("crm", Reason.OUT_OF_RANGE, params=(("value", "secret"), ("low", 1), ("high", 5)))
    note_troubles(workspace, [refused] * 4)
    page = shown(sign_in(edda), workspace, "crm")
    for said in ("Delay information", "Ticket counter", "… is not on the scale from 1 to 5.", f"/imports/{job.pk}/"):
        assert said in page
    assert "secret" not in page
    ((name, heard),) = sources.all_sources(workspace)
    (one,) = sources.told_of(workspace, [(name, heard)])
    assert one.refused == 5, "four that were pushed, one in the file"


def test_who_was_only_refused_is_a_source_too(at: Clock, workspace: Workspace, vik: User, sign_in: SignIn) -> None:
    note_troubles(workspace, [Trouble("crm", Reason.EMPTY)])
    assert "nothing yet" in shown(sign_in(vik), workspace)
    assert "nothing yet: all that it sent was refused" in shown(sign_in(vik), workspace, "crm")


def test_volume_is_told_by_spans_of_seven_days() -> None:
    volume = Volume(TODAY, {TODAY: 2, TODAY - 6 * DAY: 3, TODAY - 7 * DAY: 4, TODAY - 30 * DAY: 8})
    weeks = volume.weeks(5)
    assert [week.times for week in weeks] == [8, 0, 0, 4, 5]
    assert (weeks[-1].first, weeks[-1].last) == (TODAY - 6 * DAY, TODAY)
    assert (weeks[0].height, weeks[-1].height, weeks[-1].y) == (100, 62.5, 37.5)
    assert (volume.of_last(7), volume.of_last(8), volume.of_last(30), volume.of_last(31)) == (5, 9, 9, 17)


def test_what_is_too_much_to_count_is_told_as_more(
    at: Clock, workspace: Workspace, delays: Touchpoint, given: Given, vik: User, sign_in: SignIn, monkeypatch: Any
) -> None:
    monkeypatch.setattr(sources, "MOST_A_DAY", 3)
    given(delays, *[5] * 6)
    page = shown(sign_in(vik), workspace)
    assert "more than 3 questionnaires" in page


def test_statements_do_not_grow_with_sources(
    at: Clock, workspace: Workspace, delays: Touchpoint, given: Given, vik: User, sign_in: SignIn
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            shown(client, workspace)
        return len(captured)

    client = sign_in(vik)
    given(delays, 5, source="survey 1")
    shown(client, workspace)
    few = statements()
    for number in range(20):
        given(delays, 5, source=f"survey {number}")
        given(new_touchpoint(workspace, f"Stop {number}"), 5, source=f"source {number}")
    assert statements() == few


def test_answers_are_counted_by_an_index_and_no_more_than_some_of_a_day(
    at: Clock, workspace: Workspace, delays: Touchpoint
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO feedback_submission
                (workspace_id, source, external_id, occurred_at, day, device, segment, created_at)
            SELECT %(workspace)s, 'source ' || n %% 3, n::text, now(), date '2026-03-15' - n / 3 %% 400, '', '', now()
            FROM generate_series(1, 12000) n""",
            {"workspace": workspace.pk},
        )
        cursor.execute("ANALYZE feedback_submission")
        asked: dict[str, Any] = {"workspace": workspace.pk, "sources": ["source 1"], "most": 4}
        asked |= {"first": TODAY - 90 * DAY, "last": TODAY}
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {COUNT_DAYS}", asked)
        ((plan,),) = cursor.fetchone()
    assert read(plan["Plan"]) == 91 * 4
