"""A suggestion becomes an insight, whose mentions are counted."""

import pytest
from django.test import Client
from django.urls import reverse

from feedback.actions import accept_theme, archive_insight, dismiss_theme
from feedback.models import Insight
from tests.cast import SignIn
from tests.commenting import lift
from touchpoints.models import Touchpoint
from workspaces.errors import Refused
from workspaces.models import AuditEntry, User, Workspace

pytestmark = pytest.mark.usefixtures("at")


def page(workspace: Workspace, touchpoint: Touchpoint) -> str:
    return reverse("touchpoint", args=[workspace.slug, touchpoint.pk])


def test_editor_accepts_a_suggestion(workspace: Workspace, heard: Touchpoint, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    before = client.get(page(workspace, heard)).content.decode()
    assert "named by 4 of 24" in before
    assert "Again that broken lift" in before
    accept = reverse("theme_accept", args=[workspace.slug, lift().pk])
    after = client.post(accept, follow=True).content.decode()
    assert "“Broken, lift” is an insight now." in after
    assert "4 mentions" in after
    assert "counted over the last 365 days" in after
    assert "named by 4 of 24" not in after
    insight = Insight.objects.get()
    assert (insight.kind, insight.text, insight.mentions) == ("pain", "Broken, lift", 4)
    verbs = AuditEntry.objects.of(workspace).order_by("id").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["insight.create", "theme.accept"]


def test_without_a_page_of_its_own_the_answer_is_the_part_that_shows_it(
    workspace: Workspace, heard: Touchpoint, edda: User, sign_in: SignIn
) -> None:
    accept = reverse("theme_accept", args=[workspace.slug, lift().pk])
    answer = sign_in(edda).post(accept, headers={"HX-Request": "true"})
    part = answer.content.decode()
    assert part.strip().startswith('<div class="stack" id="learned">')
    assert "4 mentions" in part
    assert "is an insight now" in part


def test_twice_it_is_one_insight(heard: Touchpoint, edda: User) -> None:
    assert accept_theme(lift(), by=edda) == accept_theme(lift(), by=edda)
    assert Insight.objects.count() == 1


def test_what_was_dismissed_is_not_accepted(
    workspace: Workspace, heard: Touchpoint, edda: User, sign_in: SignIn
) -> None:
    dismiss_theme(lift(), by=edda)
    with pytest.raises(Refused):
        accept_theme(lift(), by=edda)
    accept = reverse("theme_accept", args=[workspace.slug, lift().pk])
    assert "no suggestion any more" in sign_in(edda).post(accept, follow=True).content.decode()
    assert sign_in(edda).post(accept, headers={"HX-Request": "true"}).status_code == 422


def test_viewer_sees_suggestions_and_cannot_accept_them(
    workspace: Workspace, heard: Touchpoint, vik: User, otto: User, sign_in: SignIn
) -> None:
    shown = sign_in(vik).get(page(workspace, heard)).content.decode()
    assert "named by 4 of 24" in shown
    accept = reverse("theme_accept", args=[workspace.slug, lift().pk])
    assert accept not in shown
    assert sign_in(vik).post(accept).status_code == 403
    assert sign_in(otto).post(accept).status_code == 404


def test_the_number_of_a_counted_insight_is_not_typed(
    workspace: Workspace, heard: Touchpoint, edda: User, sign_in: SignIn, tess: Client
) -> None:
    insight = accept_theme(lift(), by=edda)
    edit = reverse("insight_edit", args=[workspace.slug, insight.pk])
    assert 'name="mentions"' not in sign_in(edda).get(edit).content.decode()
    sign_in(edda).post(edit, {"kind": "pain", "text": "Lifts are out of order", "mentions": "900", "version": 1})
    insight.refresh_from_db()
    assert (insight.text, insight.mentions) == ("Lifts are out of order", 4)
    address = f"/api/v1/insights/{insight.pk}/"
    told = tess.get(address).json()
    assert (told["counted"], told["theme"]) == (True, lift().pk)
    answer = tess.patch(address, {"mentions": 900, "version": 2}, content_type="application/json")
    assert answer.status_code == 422
    assert Insight.objects.get().mentions == 4


def test_program_accepts_a_suggestion(heard: Touchpoint, tess: Client) -> None:
    told = tess.get("/api/v1/themes/", {"state": "suggested", "kind": "pain"}).json()["results"]
    assert [(one["label"], one["commenters"], one["customers"]) for one in told] == [("Broken, lift", 4, 24)]
    answer = tess.post(f"/api/v1/themes/{told[0]['id']}/accept/")
    assert (answer.status_code, answer.json()["mentions"], answer.json()["counted"]) == (201, 4, True)
    theme = tess.get(f"/api/v1/themes/{told[0]['id']}/").json()
    assert (theme["state"], theme["insight"]) == ("accepted", answer.json()["id"])


def test_an_archived_insight_leaves_no_suggestion_behind(heard: Touchpoint, edda: User) -> None:
    insight = accept_theme(lift(), by=edda)
    archive_insight(insight, by=edda)
    assert accept_theme(lift(), by=edda).archived_at
    assert Insight.objects.count() == 1
