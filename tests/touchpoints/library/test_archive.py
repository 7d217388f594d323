from django.urls import reverse

from journeys.actions.journeys import create_journey
from journeys.models import Placement
from tests.cast import SignIn
from touchpoints.actions import create_touchpoint
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


def address(touchpoint: Touchpoint) -> str:
    return reverse("touchpoint_archive", args=[touchpoint.workspace.slug, touchpoint.pk])


def test_it_says_on_how_many_journeys_it_stands(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    touchpoint = create_touchpoint(workspace, name="Delay information", by=edda)
    assert "It stands on 0 journeys" in sign_in(edda).get(address(touchpoint)).content.decode()
    for name in ("Weekend trip", "Commute"):
        journey = create_journey(workspace, name=name, by=edda)
        phase = journey.phases.get(kind="awareness")
        Placement.objects.create(workspace=workspace, journey=journey, phase=phase, touchpoint=touchpoint, position=0)
    page = sign_in(edda).get(address(touchpoint)).content.decode()
    assert "It stands on 2 journeys" in page
    assert "Weekend trip" in page


def test_it_leaves_the_library_and_stays_on_its_journeys(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    touchpoint = create_touchpoint(workspace, name="Delay information", by=edda)
    journey = create_journey(workspace, name="Commute", by=edda)
    Placement.objects.create(
        workspace=workspace,
        journey=journey,
        phase=journey.phases.get(kind="awareness"),
        touchpoint=touchpoint,
        position=0,
    )
    page = sign_in(edda).post(address(touchpoint), follow=True).content.decode()
    assert "“Delay information” is archived." in page
    assert reverse("touchpoint_restore", args=[workspace.slug, touchpoint.pk]) in page
    assert Placement.objects.kept().filter(touchpoint=touchpoint).exists()


def test_archiving_twice_is_harmless(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    touchpoint, client = create_touchpoint(workspace, name="Delay information", by=edda), sign_in(edda)
    for _ in range(2):
        assert client.post(address(touchpoint)).status_code == 302
    assert Touchpoint.objects.get().version == 2


def test_viewer_and_outsider_cannot_archive(
    workspace: Workspace, edda: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    touchpoint = create_touchpoint(workspace, name="Delay information", by=edda)
    assert sign_in(vik).post(address(touchpoint)).status_code == 403
    assert sign_in(otto).post(address(touchpoint)).status_code == 404
    assert Touchpoint.objects.kept().exists()
