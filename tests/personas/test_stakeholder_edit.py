"""Changing what is known of a stakeholder, taking them off the map and putting them back."""

from measures.actions import create_measure, decided_by, rewrite_stakeholder
from personas.actions import archive_stakeholder
from tests.answering import new_touchpoint
from tests.cast import SignIn
from tests.personas.say import finance, map_of, page_of
from workspaces.models import User, Workspace


def test_an_edit_is_kept_and_twice_is_harmless(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    one = finance(workspace, edda)
    lte = create_measure(workspace, title="LTE routers", touchpoints=[new_touchpoint(workspace, "Wi-Fi")], by=edda)
    typed = {"name": "Finance, M. Beck", "interests": "Payback", "decides": [lte.pk], "version": "1"}
    for _time in range(2):
        assert sign_in(edda).post(page_of(one, "edit/"), typed).status_code == 302
    one.refresh_from_db()
    assert (one.name, one.interests, one.version, decided_by(one)) == ("Finance, M. Beck", "Payback", 2, {lte})
    assert (one.influence, one.support) == (68, 13)  # an edit moves nobody


def test_a_newer_version_is_shown_beside_ones_own(workspace: Workspace, edda: User, ada: User, sign_in: SignIn) -> None:
    one = finance(workspace, edda)
    rewrite_stakeholder(one, version=1, interests="Payback under 18 months", by=ada)
    answer = sign_in(edda).post(page_of(one, "edit/"), {"name": "Finance", "interests": "No NPS", "version": "1"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Payback under 18 months" in text
    assert "No NPS" in text


def test_what_others_decided_meanwhile_is_not_lost(
    workspace: Workspace, edda: User, ada: User, sign_in: SignIn
) -> None:
    one, wifi = finance(workspace, edda), new_touchpoint(workspace, "Wi-Fi")
    lte, fares = (create_measure(workspace, title=title, touchpoints=[wifi], by=edda) for title in ("LTE", "Fares"))
    rewrite_stakeholder(one, version=1, decides=[lte], by=ada)
    facts = {"name": "Finance", "role": "Controlling", "version": "1"}
    assert sign_in(edda).post(page_of(one, "edit/"), {**facts, "decides": [fares.pk]}).status_code == 409
    assert decided_by(one) == {lte}


def test_who_is_archived_leaves_the_map_and_comes_back(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    one, page = finance(workspace, edda), sign_in(edda)
    assert "Archive “Finance”?" in page.get(page_of(one, "archive/")).content.decode()
    for _time in range(2):
        assert page.post(page_of(one, "archive/")).status_code == 302
    assert f'id="stakeholder-{one.pk}"' not in page.get(map_of(workspace)).content.decode()
    assert "Finance" in page.get(map_of(workspace) + "?archived=1").content.decode()
    assert page.get(page_of(one, "edit/")).status_code == 404
    for _time in range(2):
        assert page.post(page_of(one, "restore/")).status_code == 302
    assert f'id="stakeholder-{one.pk}"' in page.get(map_of(workspace)).content.decode()


def test_an_archived_one_is_read_with_the_way_back(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    one = archive_stakeholder(finance(workspace, edda), by=edda)
    text = sign_in(edda).get(page_of(one)).content.decode()
    assert "It can be restored for 30 days" in text
    assert "data-stand" not in text


def test_viewer_and_outsider_cannot_edit(
    workspace: Workspace, edda: User, vik: User, otto: User, sign_in: SignIn
) -> None:
    one = finance(workspace, edda)
    for verb in ("edit/", "move/", "archive/", "restore/", "steps/"):
        assert sign_in(vik).post(page_of(one, verb), {"version": "1"}).status_code == 403
        assert sign_in(otto).post(page_of(one, verb), {"version": "1"}).status_code == 404


def test_the_table_sorts_by_what_the_address_asks(workspace: Workspace, edda: User, sign_in: SignIn) -> None:
    for name, influence in (("Anna", 30), ("Berta", 90), ("Carl", 60)):
        finance(workspace, edda, name=name, influence=influence)
    for order, names in (
        ("name", "Anna Berta Carl"),
        ("-influence", "Berta Carl Anna"),
        ("nonsense", "Anna Berta Carl"),
    ):
        text = sign_in(edda).get(f"{map_of(workspace)}?show=table&order={order}").content.decode()
        places = [text.index(f"<bdi>{name}</bdi>") for name in names.split()]
        assert places == sorted(places)
