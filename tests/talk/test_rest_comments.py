from typing import Any

from django.test import Client

from feedback.actions import create_insight
from measures.actions import create_measure, create_opportunity
from tests.rest import Rest
from touchpoints.actions import comment_on
from touchpoints.models import Touchpoint
from workspaces.actions import say_about
from workspaces.models import Notice, User, Workspace


def test_program_comments_answers_and_resolves(ride: Touchpoint, tess: Client, edda: User) -> None:
    rest = Rest(tess)
    made = rest.post("comments/", {"touchpoint": ride.pk, "text": "@Edda, the score fell"})
    assert made.status_code == 201
    said: Any = made.json()
    assert (said["author"], said["touchpoint"], said["answers"]) == ("Tess", ride.pk, None)
    assert Notice.objects.get().member.user == edda
    answer = {"touchpoint": ride.pk, "answers": said["id"], "text": "By twelve points"}
    assert rest.post("comments/", answer).json()["answers"] == said["id"]
    for _ in range(2):
        assert rest.post(f"comments/{said['id']}/resolve/").json()["resolved_at"]
    assert [one["text"] for one in rest.get(f"comments/?touchpoint={ride.pk}&is_open=false").json()["results"]] == [
        "@Edda, the score fell"
    ]
    assert rest.post(f"comments/{said['id']}/reopen/").json()["resolved_at"] is None


def test_program_changes_only_its_own(ride: Touchpoint, tess: Client, vik: User) -> None:
    said, rest = comment_on(ride, text="Too full", by=vik), Rest(tess)
    assert rest.patch(f"comments/{said.pk}/", {"text": "Fine", "version": 1}).status_code == 422
    own = rest.post("comments/", {"touchpoint": ride.pk, "text": "Too late"}).json()
    assert rest.patch(f"comments/{own['id']}/", {"text": "Late", "version": 1}).json()["text"] == "Late"
    assert rest.patch(f"comments/{own['id']}/", {"answers": said.pk, "version": 2}).status_code == 422
    assert rest.patch(f"comments/{own['id']}/", {"version": 2}).json()["text"] == "Late"
    assert rest.delete(f"comments/{own['id']}/").status_code == 204
    assert [one["id"] for one in rest.get("comments/").json()["results"]] == [said.pk]


def test_measures_and_opportunities_are_discussed_as_touchpoints_are(
    workspace: Workspace, ride: Touchpoint, tess: Client, edda: User
) -> None:
    measure = create_measure(workspace, title="More trains", touchpoints=[ride], by=edda)
    pain = create_insight(ride, kind="pain", text="Too full", by=edda)
    opportunity = create_opportunity(workspace, title="Room for all", insights=[pain], by=edda)
    comment_on(ride, text="Too full", by=edda)
    rest = Rest(tess)
    for name, thing in {"measure": measure, "opportunity": opportunity}.items():
        made = rest.post("comments/", {name: thing.pk, "text": "@Edda, who pays for it?"})
        assert made.status_code == 201
        said = made.json()
        assert (said[name], said["touchpoint"]) == (thing.pk, None)
        assert [one["id"] for one in rest.get(f"comments/?{name}={thing.pk}").json()["results"]] == [said["id"]]
        edited = rest.patch(f"comments/{said['id']}/", {name: thing.pk, "text": "@Edda, who pays?", "version": 1})
        assert edited.json()["text"] == "@Edda, who pays?"
        moved = rest.patch(f"comments/{said['id']}/", {"touchpoint": ride.pk, "version": 2})
        assert moved.status_code == 422
        assert rest.post(f"comments/{said['id']}/resolve/").json()["resolved_at"]
    assert len(rest.get("comments/").json()["results"]) == 3
    assert Notice.objects.filter(member__user=edda).count() == 2


def test_a_comment_is_about_one_thing(workspace: Workspace, ride: Touchpoint, tess: Client, edda: User) -> None:
    measure = create_measure(workspace, title="More trains", touchpoints=[ride], by=edda)
    say_about(measure, text="Who pays for it?", by=edda)
    for about in ({}, {"touchpoint": ride.pk, "measure": measure.pk}, {"measure": None}):
        assert Rest(tess).post("comments/", {**about, "text": "Too full"}).status_code == 422
