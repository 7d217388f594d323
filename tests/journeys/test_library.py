from journeys.actions.placements import place_touchpoint
from journeys.models import Journey
from tests.cast import SignIn
from tests.journeys.scene import HTMX, address, drawn, phase
from touchpoints.actions.library import archive_touchpoint, create_touchpoint
from workspaces.models import User, Workspace


def test_library_says_what_stands_here_and_elsewhere(
    workspace: Workspace, commute: Journey, edda: User, otto: User, elsewhere: Workspace, vik: User, sign_in: SignIn
) -> None:
    desk = create_touchpoint(workspace, name="Desk", by=edda)
    archive_touchpoint(create_touchpoint(workspace, name="Kiosk", by=edda), by=edda)
    create_touchpoint(elsewhere, name="Foreign", by=otto)
    for name in ("Weekend", "Holiday"):
        other = drawn(workspace, edda, name)
        place_touchpoint(other, desk, phase=phase(other, "purchase"), after=None, by=edda)

    page = sign_in(vik).get(address("library", commute), headers=HTMX).content.decode()

    assert "Desk" in page
    assert "used on 2 journeys" in page
    assert page.count("on this map") == 5
    assert "Kiosk" not in page
    assert "Foreign" not in page


def test_library_is_searched_and_paged(workspace: Workspace, commute: Journey, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    for number in range(45):
        create_touchpoint(workspace, name=f"Poster {number:02}", by=edda)
    url = address("library", commute)

    found = client.get(url, {"q": "poster 4"}, headers=HTMX).content.decode()
    assert found.count(' data-touchpoint="') == 5
    assert "Ride" not in found
    assert client.get(url, headers=HTMX).content.decode().count(' data-touchpoint="') == 40
    assert client.get(url, {"page": "2"}, headers=HTMX).content.decode().count(' data-touchpoint="') == 10


def test_outsider_finds_no_library(commute: Journey, otto: User, sign_in: SignIn) -> None:
    assert sign_in(otto).get(address("library", commute)).status_code == 404
