"""Recording answers: stored once, edited by higher versions, refused with a reason, never clamped."""

import datetime
from collections import Counter

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.actions import Answer, Reason, Status, record_responses
from feedback.models import Response, Submission
from tests.answering import TODAY, an_answer, new_touchpoint
from touchpoints.models import Channel, Observation, Subject

UTC = datetime.UTC


def observed():
    """What is pending, as plain tuples."""
    columns = ("subject_id", "persona_id", "metric", "scale", "day", "value", "times")
    return sorted(Observation.objects.values_list(*columns), key=str)


def only(outcome):
    (result,) = outcome.results
    return result


def test_an_answer_is_stored_with_its_questionnaire_and_observed(workspace, at, delays, commuter):
    app = Channel.objects.create(workspace=workspace, name="App")
    answer = Answer(
        source="survey",
        external_id="a-1",
        subject=delays.subject_id,
        metric="ces",
        value=6,
        text="Wo ist mein Zug? 🚆",
        occurred_at=datetime.datetime(2026, 3, 1, 23, 30, tzinfo=UTC),
        persona=commuter.pk,
        channel=app.pk,
        device="phone",
        segment="season ticket",
    )
    assert only(record_responses(workspace, [answer])).status is Status.STORED
    response = Response.objects.get()
    assert (response.metric, response.scale, response.value) == ("ces", "1-7", 6)
    assert response.text == "Wo ist mein Zug? 🚆"
    assert (response.question, response.version) == (f"ces:{delays.subject_id}", 1)
    submission = response.submission
    assert (submission.persona, submission.channel, submission.device) == (commuter, app, "phone")
    assert submission.day == datetime.date(2026, 3, 2)  # past midnight in Berlin
    # One person's answer is nobody's figure: tests/feedback/test_heard_personas.py
    assert observed() == [(delays.subject_id, None, "ces", "1-7", datetime.date(2026, 3, 2), 6, 1)]


def test_a_mere_date_is_that_local_day_everywhere(workspace, at, delays):
    workspace.time_zone = "Pacific/Apia"
    workspace.save()
    record_responses(workspace, [an_answer(delays, 5, occurred_at=datetime.date(2026, 3, 1))])
    assert Submission.objects.get().day == datetime.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime.datetime(2026, 3, 28, 23, 30, tzinfo=UTC), datetime.date(2026, 3, 29)),  # 23 hours long in Berlin
        (datetime.datetime(2026, 3, 29, 21, 59, tzinfo=UTC), datetime.date(2026, 3, 29)),
        (datetime.datetime(2026, 3, 29, 22, 0, tzinfo=UTC), datetime.date(2026, 3, 30)),
        (datetime.datetime(2025, 10, 26, 22, 59, tzinfo=UTC), datetime.date(2025, 10, 26)),  # 25 hours long
        (datetime.datetime(2025, 10, 26, 23, 0, tzinfo=UTC), datetime.date(2025, 10, 27)),
    ],
)
def test_days_of_23_and_25_hours_are_one_day(workspace, at, delays, moment, day):
    at.now = datetime.datetime(2026, 6, 1, tzinfo=UTC)
    record_responses(workspace, [an_answer(delays, 5, occurred_at=moment)])
    assert Submission.objects.get().day == day


def test_answers_of_one_questionnaire_belong_together(workspace, at, delays, counter):
    rows = [an_answer(about, 4, external_id="both") for about in (delays, counter)]
    assert record_responses(workspace, rows).counts == Counter({Status.STORED: 2})
    assert Submission.objects.get().responses.count() == 2


def test_the_same_answer_twice_is_one(workspace, at, delays):
    rows = [an_answer(delays, 4, external_id="again")]
    record_responses(workspace, rows)
    before = observed()
    assert only(record_responses(workspace, rows)).status is Status.UNCHANGED
    assert record_responses(workspace, rows * 3).counts == Counter({Status.UNCHANGED: 3})
    assert observed() == before
    assert Response.objects.count() == 1


def test_twice_in_one_call_is_one_too(workspace, at, delays):
    outcome = record_responses(workspace, [an_answer(delays, 4, external_id="again")] * 2)
    assert [result.status for result in outcome.results] == [Status.STORED, Status.UNCHANGED]
    assert len(observed()) == 1


def test_equal_ids_of_another_source_or_workspace_are_other_answers(workspace, elsewhere, at, delays):
    theirs = new_touchpoint(elsewhere, "Tram stop")
    record_responses(workspace, [an_answer(delays, 4, external_id="1")])
    record_responses(workspace, [an_answer(delays, 2, external_id="1", source="paper")])
    record_responses(elsewhere, [an_answer(theirs, 1, external_id="1")])
    assert sorted(Response.objects.of(workspace).values_list("value", flat=True)) == [2, 4]
    assert Response.objects.of(elsewhere).get().value == 1


def test_a_higher_version_takes_away_what_was_and_brings_what_is(workspace, at, delays, counter, commuter, tourist):
    record_responses(workspace, [an_answer(delays, 2, external_id="e", question="q", persona=commuter)])
    before = (delays.subject_id, None, "csat", "1-5", TODAY, 2)
    yesterday = TODAY - datetime.timedelta(days=1)
    edit = an_answer(counter, 9, external_id="e", question="q", version=2, metric="nps", persona=tourist)
    edit.occurred_at = yesterday
    assert only(record_responses(workspace, [edit])).status is Status.EDITED
    after = (counter.subject_id, None, "nps", "0-10", yesterday, 9)
    assert observed() == sorted([(*before, 1), (*before, -1), (*after, 1)], key=str)
    response = Response.objects.get()
    assert (response.subject_id, response.version, response.value) == (counter.subject_id, 2, 9)
    assert response.submission.day == yesterday


def test_moving_a_questionnaire_moves_all_its_answers(workspace, at, delays, counter):
    record_responses(workspace, [an_answer(about, 3, external_id="m") for about in (delays, counter)])
    moved = TODAY - datetime.timedelta(days=30)
    record_responses(workspace, [an_answer(delays, 3, external_id="m", version=2, occurred_at=moved)])
    net: Counter[tuple[object, ...]] = Counter()
    for *what, times in observed():
        net[tuple(what)] += times
    assert {(what[0], what[4]): times for what, times in net.items() if times} == {
        (delays.subject_id, moved): 1,
        (counter.subject_id, moved): 1,
    }


def test_a_lower_version_that_comes_late_changes_nothing(workspace, at, delays):
    record_responses(workspace, [an_answer(delays, 5, external_id="v", version=3)])
    late = an_answer(delays, 1, external_id="v", version=2, occurred_at=TODAY - datetime.timedelta(days=9))
    assert only(record_responses(workspace, [late])).status is Status.UNCHANGED
    assert Response.objects.get().value == 5
    assert Submission.objects.get().day == TODAY


def test_a_late_question_joins_its_questionnaire_without_moving_it(workspace, at, delays, counter):
    record_responses(workspace, [an_answer(delays, 5, external_id="v", version=2)])
    late = an_answer(counter, 1, external_id="v", version=1, occurred_at=TODAY - datetime.timedelta(days=9))
    assert only(record_responses(workspace, [late])).status is Status.STORED
    assert {day for *_, day, _, _ in observed()} == {TODAY}


REFUSED = {
    "eleven on a scale to ten": ({"metric": "nps", "value": 11}, Reason.OUT_OF_RANGE),
    "zero on a scale from one": ({"value": 0}, Reason.OUT_OF_RANGE),
    "a half": ({"value": 7.5, "metric": "nps"}, Reason.DECIMAL),
    "a half as text": ({"value": "3,5"}, Reason.DECIMAL),
    "true": ({"value": True}, Reason.BOOLEAN),
    "n/a": ({"value": "n/a"}, Reason.NOT_A_NUMBER),
    "a formula": ({"value": "=1+1"}, Reason.NOT_A_NUMBER),
    "a list": ({"value": [5]}, Reason.NOT_A_NUMBER),
    "infinity": ({"value": float("inf")}, Reason.NOT_A_NUMBER),
    "nothing": ({"value": None}, Reason.EMPTY),
    "severity four": ({"metric": "complaint", "value": 4}, Reason.OUT_OF_RANGE),
    "no metric": ({"metric": "happiness"}, Reason.METRIC),
    "a list for a metric": ({"metric": ["csat"]}, Reason.METRIC),
    "no scale": ({"scale": "1-6"}, Reason.SCALE),
    "another metric's scale": ({"scale": "0-10"}, Reason.SCALE),
    "no subject": ({"subject": 2**62}, Reason.SUBJECT),
    "true for a subject": ({"subject": True}, Reason.SUBJECT),
    "a list for a subject": ({"subject": []}, Reason.SUBJECT),
    "no persona": ({"persona": 2**62}, Reason.PERSONA),
    "a number beyond all": ({"persona": 2**80}, Reason.PERSONA),
    "no channel": ({"channel": 2**62}, Reason.CHANNEL),
    "no device": ({"device": "watch"}, Reason.DEVICE),
    "no attribute": ({"attributes": {"driver": "M."}}, Reason.ATTRIBUTE),
    "a list of attributes": ({"attributes": ["line"]}, Reason.ATTRIBUTE),
    "no source": ({"source": ""}, Reason.MISSING),
    "no id": ({"external_id": ""}, Reason.MISSING),
    "a long id": ({"external_id": "x" * 121}, Reason.TOO_LONG),
    "a long comment": ({"text": "x" * 10_001}, Reason.TOO_LONG),
    "NUL": ({"text": "a\0b"}, Reason.UNREADABLE),
    "half a surrogate pair": ({"segment": "\ud800"}, Reason.UNREADABLE),
    "a number for text": ({"text": 5}, Reason.UNREADABLE),
    "version zero": ({"version": 0}, Reason.VERSION),
    "version true": ({"version": True}, Reason.VERSION),
    "version beyond all": ({"version": 2**31}, Reason.VERSION),
    "no date": ({"occurred_at": None}, Reason.NO_DATE),
    "text for a date": ({"occurred_at": "2026-03-01"}, Reason.NO_DATE),
    "a naive time": ({"occurred_at": datetime.datetime(2026, 3, 1, 12)}, Reason.NO_TIME_ZONE),  # noqa: DTZ001
    "year 9999": ({"occurred_at": datetime.datetime(9999, 12, 31, 23, 59, tzinfo=UTC)}, Reason.IMPOSSIBLE_DATE),
    "year 1": ({"occurred_at": datetime.datetime(1, 1, 1, tzinfo=UTC)}, Reason.IMPOSSIBLE_DATE),
    "1969": ({"occurred_at": datetime.date(1969, 12, 31)}, Reason.IMPOSSIBLE_DATE),
    "two days ahead": ({"occurred_at": TODAY + datetime.timedelta(days=2)}, Reason.FUTURE),
    "next year": ({"occurred_at": TODAY + datetime.timedelta(days=365)}, Reason.FUTURE),
}


@pytest.mark.parametrize(("wrong", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_answer_is_refused_with_its_reason_and_the_others_are_stored(workspace, at, delays, wrong, reason):
    rows = [an_answer(delays, 4) for _ in range(3)]
    for name, value in wrong.items():
        setattr(rows[1], name, value)
    outcome = record_responses(workspace, rows)
    assert [result.status for result in outcome.results] == [Status.STORED, Status.REFUSED, Status.STORED]
    assert outcome.results[1].refusal.reason is reason
    assert len(observed()) == 2
    for language in ("en", "de"):
        with translation.override(language):
            assert "%(" not in outcome.results[1].refusal.message


def test_another_workspaces_rows_are_unknown_here(workspace, elsewhere, at, delays):
    theirs = new_touchpoint(elsewhere, "Tram stop")
    channel = Channel.objects.create(workspace=elsewhere, name="App")
    outcome = record_responses(workspace, [an_answer(theirs, 4), an_answer(delays, 4, channel=channel.pk)])
    assert [result.refusal.reason for result in outcome.results] == [Reason.SUBJECT, Reason.CHANNEL]
    assert not observed()


def test_atomic_stores_all_or_nothing(workspace, at, delays):
    rows = [an_answer(delays, 4), an_answer(delays, 6)]
    outcome = record_responses(workspace, rows, atomic=True)
    assert [result.refusal.reason for result in outcome.results] == [Reason.OTHERS, Reason.OUT_OF_RANGE]
    assert not observed()
    assert not Submission.objects.exists()


def test_a_day_ahead_is_stored_for_clocks_differ(workspace, at, delays):
    tomorrow = TODAY + datetime.timedelta(days=1)
    assert only(record_responses(workspace, [an_answer(delays, 4, occurred_at=tomorrow)])).status is Status.STORED


def test_journeys_and_the_workspace_are_answered_about_too(workspace, at):
    for kind in ("journey", "workspace"):
        subject, _ = Subject.objects.get_or_create(workspace=workspace, kind=kind)
        row = Answer(source="s", external_id=kind, subject=subject.pk, metric="nps", value=9, occurred_at=TODAY)
        assert only(record_responses(workspace, [row])).status is Status.STORED


def test_nothing_is_recorded_as_nothing(workspace, at):
    assert record_responses(workspace, []).results == []


def test_a_thousand_answers_take_as_many_statements_as_one(workspace, at, delays, django_assert_num_queries):
    with django_assert_num_queries(4):  # what is named, questionnaires, answers, observations
        record_responses(workspace, [an_answer(delays, 4)])
    with django_assert_num_queries(5):  # and plans anew
        record_responses(workspace, [an_answer(delays, 4) for _ in range(1000)])


VERSIONS = st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(1, 3), st.integers(1, 5))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(VERSIONS, max_size=20), data=st.data())
def test_any_order_and_any_batches_end_in_the_same_answers(workspace, at, delays, rows, data):
    """Of each answer the highest version stands; of each questionnaire its highest version's day."""

    def play(order):
        Response.objects.all().delete()
        Submission.objects.all().delete()
        cuts = sorted(data.draw(st.lists(st.integers(0, len(order)), max_size=3)))
        for first, last in zip([0, *cuts], [*cuts, len(order)], strict=True):
            record_responses(
                workspace,
                [
                    an_answer(
                        delays,
                        by_version[sheet, question, version],
                        external_id=str(sheet),
                        question=str(question),
                        version=version,
                        occurred_at=TODAY - datetime.timedelta(days=10 * version + sheet),
                    )
                    for sheet, question, version in order[first:last]
                ],
            )
        columns = ("submission__external_id", "question", "version", "value", "submission__day")
        return sorted(Response.objects.values_list(*columns))

    by_version = {(sheet, question, version): value for sheet, question, version, value in rows}
    keys = list(by_version)
    straight = play(keys)
    assert play(data.draw(st.permutations(keys))) == straight
    newest = {}
    for sheet, question, version in sorted(keys):
        newest[sheet, question] = version
    assert [(row[0], row[1], row[2]) for row in straight] == [
        (str(sheet), str(question), version) for (sheet, question), version in sorted(newest.items())
    ]
