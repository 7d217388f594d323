"""What somebody looks for on a map stands in its address; the rest is dimmed, or left out where rows are compared."""

import re
from decimal import Decimal
from urllib.parse import urlencode

import pytest

from journeys.actions.cells import link_needs, write_cell
from journeys.models import Journey, Placement
from personas.models import Persona
from tests.cast import SignIn, member_of
from tests.journeys.scene import HTMX, address, drawn, placed, post_move
from touchpoints.models import Channel
from workspaces.models import SavedView, Team, User, Workspace


def names(html: str, state: str) -> set[str]:
    """The names of the touchpoints that are, or are not, in that state."""
    cards = re.findall(
        r'<(?:li|tr) class="touchpoint"([^>]*)>.*?class="touchpoint-name"[^>]*>([^<]*)<', html, re.DOTALL
    )
    return {name for attributes, name in cards if state in attributes}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"band": "good"}, "Ride"),
        ({"band": "good unknown"}, "Ride Wait Shop Pay Arrive"),  # four answers make no number
        ({"evidence": "unknown"}, "Shop Pay Wait Arrive"),
        ({"q": "rid"}, "Ride"),
        ({"q": "NOBODY"}, "Arrive"),
        ({"truth": "1"}, "Pay"),
        ({"truth": "1", "q": "ride"}, ""),
        ({"owner": "fleet"}, "Ride"),
        ({"owner": "fleet edda"}, "Ride Wait"),
        ({"channel": "app"}, "Ride"),
        ({"persona": "commuter"}, "Ride Shop"),
    ],
)
def test_all_that_is_asked_must_hold(
    dressed: Journey, edda: User, sign_in: SignIn, asked: dict[str, str], found: str
) -> None:
    Placement.objects.filter(touchpoint__name="Pay").update(moment_of_truth=True)
    Placement.objects.filter(touchpoint__name="Arrive").update(quote="Nobody waves")
    commuter = Persona.objects.get()
    link_needs(placed(dressed, "Shop"), was=[], needs=[(commuter.pk, "To sit", "well")], by=edda)
    ids = {
        "fleet": f"team-{Team.objects.get().pk}",
        "edda": f"member-{member_of(dressed.workspace, edda).pk}",
        "app": str(Channel.objects.get(name="App").pk),
        "commuter": str(commuter.pk),
    }
    said = [(name, ids.get(one, one)) for name, value in asked.items() for one in value.split()]
    page = f"{address('journey', dressed)}?{urlencode(said)}"
    client = sign_in(edda)
    everything, wanted = {"Shop", "Pay", "Wait", "Ride", "Arrive"}, set(found.split())
    html = client.get(page).content.decode()
    assert names(html, "data-dimmed") == everything - wanted
    assert f"{len(wanted)} of 5 shown" in html
    assert ("Nothing matches" in html) == (not wanted)
    for view in ("timeline", "table"):
        assert names(client.get(f"{page}&view={view}").content.decode(), "data-out") == everything - wanted


def test_a_persona_s_map_shows_that_persona_s_health(dressed: Journey, edda: User, sign_in: SignIn) -> None:
    client, commuter = sign_in(edda), Persona.objects.get()
    html = client.get(f"{address('journey', dressed)}?persona={commuter.pk}", headers=HTMX).content.decode()
    assert ">35<" in re.sub(r"\s", "", html)
    assert ">72<" not in re.sub(r"\s", "", html)


def test_another_workspace_s_ids_find_nothing(
    dressed: Journey, edda: User, sign_in: SignIn, elsewhere: Workspace
) -> None:
    theirs = Persona.objects.create(workspace=elsewhere, name="Secret")
    html = sign_in(edda).get(f"{address('journey', dressed)}?persona={theirs.pk}").content.decode()
    assert "0 of 5 shown" in html
    assert "Secret" not in html


def test_what_moves_is_answered_as_it_is_looked_at(dressed: Journey, edda: User, sign_in: SignIn) -> None:
    client, ride = sign_in(edda), placed(dressed, "Ride")
    url = address("placement_move", dressed, placement_id=ride.pk)
    body = {"phase": ride.phase_id, "after": "", "version": ride.version}
    html = client.post(f"{url}?view=timeline&band=good", body, headers=HTMX).content.decode()
    assert names(html, "data-out") == {"Wait", "Arrive"}
    assert "1 of 5 shown" in html


def test_a_view_is_kept_for_all_and_every_journey(dressed: Journey, edda: User, vik: User, sign_in: SignIn) -> None:
    client, page = sign_in(edda), address("journey", dressed)
    said = {"name": "Weak ones", "query": "?view=table&band=weak&band=critical&start=61&nonsense=1"}
    answer = client.post(address("view_save", dressed), said)
    assert answer.headers["Location"] == f"{page}?view=table&band=critical&band=weak"
    client.post(address("view_save", dressed), {"name": "weak ONES", "query": "?band=weak"})
    assert SavedView.objects.get().query == "?band=weak"
    html = sign_in(vik).get(page).content.decode()
    assert 'href="?band=weak"' in html
    assert "weak ONES" in html
    client.post(address("view_remove", dressed, view_id=SavedView.objects.get().pk))
    assert "weak ONES" not in sign_in(vik).get(page).content.decode()


def test_the_timeline_of_a_long_journey_is_drawn_in_windows(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    long = drawn(workspace, edda, "Long", awareness=" ".join(f"A{i:02}" for i in range(70)), purchase="B1 B2")
    client, page = sign_in(edda), f"{address('journey', long)}?view=timeline"
    first, second = (client.get(f"{page}&start={start}").content.decode() for start in (1, 61))
    assert len(names(first, "data-band")) == 60
    assert names(second, "data-band") == {f"A{i:02}" for i in range(60, 70)} | {"B1", "B2"}
    assert second.count('class="curve-station"') == 12
    assert "61–72 of 72" in second
    moved = post_move(client, placed(long, "B2"), placed(long, "A00").phase, placed(long, "A65"))
    assert moved.status_code == 200


def test_texts_of_lanes_are_not_lost_in_a_window(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    long = drawn(workspace, edda, "Long", awareness=" ".join(f"A{i:02}" for i in range(61)))
    write_cell(placed(long, "A60"), lane="quote", was="", value="At last", by=edda)
    write_cell(placed(long, "A60"), lane="assumed_emotion", was=None, value=Decimal(1), by=edda)
    html = sign_in(edda).get(f"{address('journey', long)}?view=timeline&start=61").content.decode()
    assert "At last" in html
    assert html.count('class="cell"') == len(re.findall(r'class="cells"', html)) // 5
