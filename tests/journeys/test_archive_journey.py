from django.urls import reverse

from journeys.actions.journeys import archive_journey, create_journey
from journeys.models import Journey
from tests.cast import SignIn
from workspaces.models import User, Workspace


def test_archiving_asks_first_and_offers_undo(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    journey, client = create_journey(workspace, name="Weekend trip", by=edda), sign_in(edda)
    address = reverse("journey_archive", args=[workspace.slug, journey.pk])
    assert "Archive “Weekend trip”?" in client.get(address).content.decode()
    page = client.post(address, follow=True).content.decode()
    assert "“Weekend trip” is archived." in page
    assert reverse("journey_restore", args=[workspace.slug, journey.pk]) in page
    assert "Draw the first journey" in page
    first = Journey.objects.get().archived_at
    client.post(address)
    assert Journey.objects.get().archived_at == first


def test_editor_restores_a_journey(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    journey = archive_journey(create_journey(workspace, name="Weekend trip", by=edda), by=edda)
    address = reverse("journey_restore", args=[workspace.slug, journey.pk])
    client = sign_in(edda)
    assert "“Weekend trip” is back." in client.post(address, follow=True).content.decode()
    assert client.post(address).status_code == 302
    assert Journey.objects.get().version == 3


def test_viewer_and_outsider_can_do_neither(
    workspace: Workspace, edda: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    journey = create_journey(workspace, name="Weekend trip", by=edda)
    for name in ("journey_archive", "journey_restore"):
        address = reverse(name, args=[workspace.slug, journey.pk])
        assert sign_in(vik).post(address).status_code == 403
        assert sign_in(otto).post(address).status_code == 404
