"""Suggestions that mean the same become one theme."""

import pytest
from django.test import Client
from django.urls import reverse

from feedback.actions import accept_theme, dismiss_theme, merge_themes, restore_theme, search_themes
from feedback.models import Theme, ThemeSearch
from tests.answering import Given
from tests.cast import SignIn
from tests.commenting import lift
from touchpoints.models import Touchpoint
from workspaces.errors import Refused
from workspaces.models import User, Workspace

pytestmark = pytest.mark.usefixtures("at")


@pytest.fixture
def stairs(heard: Touchpoint, given: Given) -> Theme:
    """Four others complain of the stairs, which means the same."""
    for number in range(4):
        given(heard, 1, text=f"Endless stairs, line {number}")
    search_themes(heard)
    return Theme.objects.get(kind="pain", terms__contains=["stairs"])


def test_editor_makes_one_theme_of_two(workspace: Workspace, stairs: Theme, edda: User, sign_in: SignIn) -> None:
    merge = reverse("theme_merge", args=[workspace.slug, stairs.pk])
    page = sign_in(edda).post(merge, {"into": lift().pk}, follow=True).content.decode()
    assert "is part of “Broken, lift” now." in page
    assert "named by 8 of 28" in page
    assert "named by 4 of 28" not in page


def test_merged_they_stay_one_through_the_next_search(heard: Touchpoint, stairs: Theme, edda: User) -> None:
    merge_themes(lift(), [stairs], by=edda)
    search_themes(heard)
    assert Theme.objects.get(kind="pain", state="suggested").commenters == 8
    assert Theme.objects.get(pk=stairs.pk).state == "merged"


def test_all_are_counted_of_the_same_customers(heard: Touchpoint, stairs: Theme, given: Given, edda: User) -> None:
    for number in range(40):
        given(heard, 1, text=f"The lift is broken, line {number}")
    merge_themes(lift(), [stairs], by=edda)
    assert lift().commenters == 48
    assert ThemeSearch.objects.get(touchpoint=heard).commenters == 68


def test_an_insight_counts_what_is_merged_into_its_theme(stairs: Theme, edda: User) -> None:
    insight = accept_theme(lift(), by=edda)
    merge_themes(lift(), [stairs], by=edda)
    insight.refresh_from_db()
    assert insight.mentions == 8


def test_a_merged_theme_is_taken_back_with_its_words(stairs: Theme, edda: User) -> None:
    whole = merge_themes(lift(), [stairs], by=edda)
    back = restore_theme(Theme.objects.get(pk=stairs.pk), by=edda)
    whole.refresh_from_db()
    assert (back.state, back.commenters, whole.commenters) == ("suggested", 4, 4)


def test_twice_is_harmless(stairs: Theme, edda: User) -> None:
    whole = merge_themes(lift(), [stairs], by=edda)
    assert merge_themes(whole, [stairs], by=edda).version == 2


def test_only_what_is_alike_becomes_one(stairs: Theme, counter: Touchpoint, edda: User) -> None:
    lifts = lift()
    facts = {"workspace": stairs.workspace, "terms": ["queue"], "leading": "queue", "by_month": [0] * 12}
    elsewhere = Theme.objects.create(touchpoint=counter, kind="pain", label="Queue", **facts)
    wish = Theme.objects.create(touchpoint=stairs.touchpoint, kind="wish", label="Queue", **facts)
    for other in (elsewhere, wish, lifts):
        with pytest.raises(Refused):
            merge_themes(lifts, [other], by=edda)
    dismiss_theme(stairs, by=edda)
    with pytest.raises(Refused):
        merge_themes(lifts, [stairs], by=edda)
    assert lift().commenters == 4


def test_viewer_and_outsider_cannot(
    workspace: Workspace, stairs: Theme, vik: User, otto: User, sign_in: SignIn
) -> None:
    merge = reverse("theme_merge", args=[workspace.slug, stairs.pk])
    assert sign_in(vik).post(merge, {"into": lift().pk}).status_code == 403
    assert sign_in(otto).post(merge, {"into": lift().pk}).status_code == 404


def test_program_merges(stairs: Theme, tess: Client) -> None:
    merge = f"/api/v1/themes/{stairs.pk}/merge/"
    told = tess.post(merge, {"into": lift().pk}, content_type="application/json").json()
    assert (told["label"], told["commenters"]) == ("Broken, lift", 8)
    assert tess.get(f"/api/v1/themes/{stairs.pk}/").json()["merged_into"] == told["id"]
