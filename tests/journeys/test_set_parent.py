"""A touchpoint where it stands, or a phase, opens a journey; journeys make a tree, and the database sees to it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from journeys.actions.journeys import archive_journey, edit_journey, restore_journey
from journeys.actions.parents import set_parent
from journeys.actions.placements import archive_placement
from journeys.models import Journey, Placement
from tests.cast import SignIn
from tests.journeys.below import chain, put
from tests.journeys.scene import address, check_constraints, drawn, phase, placed
from workspaces import clock
from workspaces.actions.keeping import purge_archived
from workspaces.errors import Refused, Stale
from workspaces.models import AuditEntry, User, Workspace


@pytest.fixture
def refund(workspace: Workspace, edda: User) -> Journey:
    return drawn(workspace, edda, "Refund", purchase="Claim Form Money")


def test_a_touchpoint_opens_a_journey(commute: Journey, refund: Journey, edda: User) -> None:
    put(refund, commute, "Wait", edda)
    now = Journey.objects.get(pk=refund.pk)
    assert now.opened_at == placed(commute, "Wait")
    assert AuditEntry.objects.filter(verb="journey.edit", target=f"journey {refund.pk}").count() == 1


def test_a_phase_opens_a_journey_and_lets_go_of_it(commute: Journey, refund: Journey, edda: User) -> None:
    now = put(refund, commute, "retention", edda)
    assert now.opened_at == phase(commute, "retention")
    set_parent(now, version=now.edition, by=edda)
    assert Journey.objects.get(pk=refund.pk).opened_at is None


def test_the_same_twice_is_harmless(commute: Journey, refund: Journey, edda: User) -> None:
    at, version = placed(commute, "Wait"), refund.edition
    for _ in range(2):
        set_parent(refund, placement=at, version=version, by=edda)
    assert Journey.objects.get(pk=refund.pk).version == refund.version + 1


def test_what_was_changed_meanwhile_is_stale(commute: Journey, refund: Journey, edda: User, ada: User) -> None:
    version = refund.edition
    edit_journey(refund, version=version, by=ada, note="Money back")
    with pytest.raises(Stale):
        set_parent(refund, placement=placed(commute, "Wait"), version=version, by=edda)


def test_a_touchpoint_opens_one_journey(commute: Journey, refund: Journey, workspace: Workspace, edda: User) -> None:
    other = drawn(workspace, edda, "Delay")
    put(refund, commute, "Wait", edda)
    with pytest.raises(Refused, match="Another journey tells this touchpoint"):
        put(other, commute, "Wait", edda)
    put(other, commute, "retention", edda)


@pytest.mark.parametrize("length", [1, 2, 4])
def test_no_journey_leads_back_to_itself(workspace: Workspace, edda: User, length: int) -> None:
    journeys = chain(workspace, edda, length)
    with pytest.raises(Refused, match="lead back to itself"):
        put(journeys[0], journeys[-1], f"T{length}", edda)
    assert Journey.objects.get(pk=journeys[0].pk).opened_at is None


def test_archived_journeys_count_so_that_restoring_makes_no_circle(workspace: Workspace, edda: User) -> None:
    top, middle, low = chain(workspace, edda, 3)
    archive_journey(middle, by=edda)
    with pytest.raises(Refused, match="lead back to itself"):
        put(top, low, "T3", edda)


def test_the_database_itself_refuses_a_circle(workspace: Workspace, edda: User) -> None:
    top, _middle, low = chain(workspace, edda, 3)
    with pytest.raises(IntegrityError, match="lead back to itself"), transaction.atomic():
        Journey.objects.filter(pk=top.pk).update(parent_placement=placed(low, "T3"))
    with pytest.raises(IntegrityError, match="stays on its journey"), transaction.atomic():
        Placement.objects.filter(journey=top).update(journey=low)
    with pytest.raises(IntegrityError, match="stays on its journey"), transaction.atomic():
        top.phases.filter(kind="purchase").update(journey=low)


def test_at_most_five_lie_one_below_the_other(workspace: Workspace, edda: User) -> None:
    three, other = chain(workspace, edda, 3), drawn(workspace, edda, "Aside", retention="Aside")
    low = [drawn(workspace, edda, f"Low {number}", purchase=f"L{number}") for number in range(3)]
    put(low[1], low[0], "L0", edda)
    put(low[0], three[2], "T3", edda)
    with pytest.raises(Refused, match="At most five"):
        put(low[2], low[1], "L1", edda)
    with pytest.raises(Refused, match="At most five"):
        put(three[0], other, "Aside", edda)


def test_one_of_another_workspace_opens_nothing(
    commute: Journey, refund: Journey, elsewhere: Workspace, otto: User, edda: User
) -> None:
    strange = drawn(elsewhere, otto, "Strange", purchase="Far")
    put(refund, strange, "Far", edda)
    with pytest.raises(IntegrityError, match="journey_parent_placement_here"):
        check_constraints()


def test_archiving_what_opens_it_lets_it_stand_by_itself(commute: Journey, refund: Journey, edda: User) -> None:
    put(refund, commute, "Wait", edda)
    archive_journey(commute, by=edda)
    assert Journey.objects.get(pk=refund.pk).opened_at is None
    restore_journey(commute, by=edda)
    assert Journey.objects.get(pk=refund.pk).opened_at == placed(commute, "Wait")
    archive_placement(placed(commute, "Wait"), by=edda)
    assert Journey.objects.get(pk=refund.pk).opened_at is None


def test_one_that_comes_back_finds_its_place_taken_and_stands_by_itself(
    commute: Journey, refund: Journey, workspace: Workspace, edda: User
) -> None:
    put(refund, commute, "Wait", edda)
    archive_journey(refund, by=edda)
    put(drawn(workspace, edda, "Delay"), commute, "Wait", edda)
    restore_journey(refund, by=edda)
    now = Journey.objects.get(pk=refund.pk)
    assert (now.archived_at, now.parent_placement) == (None, None)


def test_purging_what_opened_it_leaves_the_journey(commute: Journey, refund: Journey, edda: User) -> None:
    put(refund, commute, "Wait", edda)
    archive_placement(placed(commute, "Wait"), by=edda)
    purge_archived(clock.now() + timedelta(days=31))
    assert Journey.objects.get(pk=refund.pk).parent_placement is None
    put(refund, commute, "retention", edda)
    archive_journey(commute, by=edda)
    purge_archived(clock.now() + timedelta(days=31))
    assert [(one.name, one.parent_phase) for one in Journey.objects.all()] == [("Refund", None)]


def test_viewer_and_outsider_cannot(commute: Journey, refund: Journey, vik: User, otto: User, sign_in: SignIn) -> None:
    where = {"placement_id": placed(commute, "Wait").pk}
    for who, status in ((vik, 403), (otto, 404)):
        answer = sign_in(who).post(address("placement_detail", commute, **where), {"journey": refund.pk})
        assert answer.status_code == status
    assert Journey.objects.get(pk=refund.pk).opened_at is None
