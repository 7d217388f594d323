"""The sample, opened from an empty workspace: a workspace of its own, filled by a worker, once."""

import pytest
from django.urls import reverse

from feedback.models import Response
from journeys.models import Journey, Placement
from journeys.sample import answers, content
from journeys.sample.tasks import fill_sample
from tests.cast import SignIn
from tests.journeys.scene import HTMX
from touchpoints.forms.channels import ICONS
from touchpoints.models import HealthScore, Touchpoint
from workspaces.actions import create_workspace
from workspaces.models import Job, JobState, User, Workspace

pytestmark = pytest.mark.usefixtures("no_doorbell", "short_year")


@pytest.fixture
def short_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "DAYS", 7)


def page(workspace: Workspace) -> str:
    return reverse("journeys", args=[workspace.slug])


def address(workspace: Workspace) -> str:
    return reverse("journey_sample", args=[workspace.slug])


def opened(workspace: Workspace, person: User, sign_in: SignIn) -> Workspace:
    """The workspace to which the button leads."""
    location = sign_in(person).post(address(workspace)).headers["Location"]
    return Workspace.objects.get(slug=location.split("/")[2])


def test_the_sample_is_a_workspace_of_its_own_that_a_worker_fills(
    workspace: Workspace, olga: User, sign_in: SignIn
) -> None:
    client = sign_in(olga)
    assert "Open the sample" in client.get(page(workspace)).content.decode()
    sample = opened(workspace, olga, sign_in)
    assert sample != workspace
    assert "The sample is being filled" in client.get(page(sample)).content.decode()
    assert "<progress" in client.get(address(sample), headers=HTMX).content.decode()
    fill_sample(Job.objects.of(sample).get().pk)
    assert client.get(address(sample), headers=HTMX).headers["HX-Redirect"] == page(sample)
    assert "Weekend trip by rail" in client.get(page(sample)).content.decode()
    assert Touchpoint.objects.of(sample).count() == 29
    assert HealthScore.objects.of(sample).filter(known=True, persona=None).count() > 10
    heard = HealthScore.objects.of(sample).filter(persona=None, answers__gt=0)
    assert set(heard.values_list("subject__kind", flat=True)) == {"touchpoint", "journey", "workspace"}
    assert not Journey.objects.of(workspace).exists()
    elsewhere = Response.objects.of(sample).exclude(submission__source="sample")
    told = set(elsewhere.values_list("submission__source", "metric"))
    assert told == {("Google", "rating"), ("Trustpilot", "rating"), ("counter", "csat")}


def test_undo_does_not_take_the_sample_apart(workspace: Workspace, olga: User, sign_in: SignIn) -> None:
    sample = opened(workspace, olga, sign_in)
    fill_sample(Job.objects.of(sample).get().pk)
    for journey in Journey.objects.of(sample):
        told = sign_in(olga).post(reverse("change_undo", args=[sample.slug, journey.pk]), follow=True)
        assert "There is nothing to undo." in told.content.decode()
    assert Placement.objects.of(sample).kept().count() == 45


def test_it_is_made_once(workspace: Workspace, olga: User, sign_in: SignIn) -> None:
    sample = opened(workspace, olga, sign_in)
    assert opened(workspace, olga, sign_in) == sample
    another = create_workspace(name="Trams", by=olga)
    assert opened(another, olga, sign_in) == sample
    assert f'href="{page(sample)}"' in sign_in(olga).get(page(another)).content.decode()
    job = Job.objects.of(sample).get()
    for _ in range(2):
        Job.objects.filter(pk=job.pk).update(state=JobState.WAITING)
        fill_sample(job.pk)
    assert Journey.objects.of(sample).count() == 3


def test_it_speaks_the_language_of_the_workspace(workspace: Workspace, olga: User, sign_in: SignIn) -> None:
    Workspace.objects.filter(pk=workspace.pk).update(language="de")
    sample = opened(workspace, olga, sign_in)
    fill_sample(Job.objects.of(sample).get().pk)
    assert sample.language == "de"
    assert Journey.objects.of(sample).filter(name="Wochenendreise mit der Bahn").exists()


def test_its_channels_have_icons_that_people_can_choose() -> None:
    offered = {name for name, _label in ICONS}
    assert {channel["icon"] for channel in content.facts("en")["channels"]} <= offered


def test_what_failed_says_so_and_is_tried_again(
    workspace: Workspace, olga: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = opened(workspace, olga, sign_in)
    job = Job.objects.of(sample).get()
    with monkeypatch.context() as broken:
        broken.setattr(content, "comments", lambda language: 1 / 0)
        fill_sample(job.pk)
    shown = sign_in(olga).get(page(sample)).content.decode()
    assert "The sample could not be filled." in shown
    assert "Try again" in shown
    assert not Touchpoint.objects.of(sample).exists()
    assert opened(sample, olga, sign_in) == sample
    fill_sample(job.pk)
    assert Journey.objects.of(sample).count() == 3


def test_a_broken_job_is_not_done_for_ever(workspace: Workspace, olga: User, sign_in: SignIn) -> None:
    job = Job.objects.of(opened(workspace, olga, sign_in)).get()
    Job.objects.filter(pk=job.pk).update(attempts=5)
    fill_sample(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_who_may_not_create_workspaces_is_offered_none(
    workspace: Workspace, edda: User, vik: User, sign_in: SignIn
) -> None:
    for person in (edda, vik):
        assert "Open the sample" not in sign_in(person).get(page(workspace)).content.decode()
    told = sign_in(edda).post(address(workspace), follow=True).content.decode()
    assert "Only owners of a workspace may load the sample" in told
    assert Workspace.objects.count() == 1


def test_viewer_and_outsider_open_nothing(workspace: Workspace, vik: User, otto: User, sign_in: SignIn) -> None:
    assert sign_in(vik).post(address(workspace)).status_code == 403
    assert sign_in(otto).post(address(workspace)).status_code == 404
    assert not Job.objects.exists()
