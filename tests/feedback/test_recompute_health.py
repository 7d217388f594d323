"""The proof that scores are exact: whatever happened, in any order, they equal a count from scratch, bit for bit."""

import math

import pytest
from django.core.management import CommandError, call_command

from feedback.actions.recount import differences
from tests.answering import health
from touchpoints.actions import fold_all
from touchpoints.models import DailyCell, HealthScore, Observation, WindowSum


@pytest.fixture
def folded(transactional_db, at, workspace, delays, given, commuter):
    """A touchpoint with a score, and one answer that is still to be folded."""
    given(delays, 1, 2, 3, 4, 5, 5, persona=commuter)
    health(delays)
    given(delays, 1)
    return delays


def test_it_agrees_with_the_fold_and_takes_off_what_is_pending(folded, capsys):
    call_command("recompute_health", "--check")
    assert capsys.readouterr().out == "0 differences at 0 subjects.\n"
    fold_all()
    call_command("recompute_health", "--check")


def by_one_bit():
    score = HealthScore.objects.get(persona=None)
    assert score.score is not None
    HealthScore.objects.filter(pk=score.pk).update(score=math.nextafter(score.score, 100))


def part_by_one_bit():
    score = HealthScore.objects.get(persona=None)
    score.parts[0]["sd"] = math.nextafter(score.parts[0]["sd"], 0)
    score.save()


WRONG = {
    "score by one bit": by_one_bit,
    "part by one bit": part_by_one_bit,
    "known": lambda: HealthScore.objects.filter(persona=None).update(known=False),
    "last heard": lambda: HealthScore.objects.update(last_heard=None),
    "no score": lambda: HealthScore.objects.all().delete(),
    "no score of a persona": lambda: HealthScore.objects.exclude(persona=None).delete(),
    "one more in a cell": lambda: DailyCell.objects.update(counts=[9, 1, 1, 1, 2]),
    "no cell": lambda: DailyCell.objects.all().delete(),
    "a sum": lambda: WindowSum.objects.update(sums=[1, 1, 1, 1, 3]),
    "a sum of squares": lambda: WindowSum.objects.update(squares=7),
    "another window": lambda: WindowSum.objects.update(table="flat-90"),
    "a lost observation": lambda: Observation.objects.all().delete(),
    "an observation twice": lambda: Observation.objects.bulk_create(
        [Observation(**{**row, "id": None}) for row in Observation.objects.values()]
    ),
}


@pytest.mark.parametrize("spoil", WRONG.values(), ids=WRONG)
def test_anything_wrong_is_found_and_repaired(folded, workspace, spoil, capsys):
    spoil()
    with pytest.raises(CommandError, match="at 1 subjects"):
        call_command("recompute_health", "--check")
    assert f"subject {folded.subject_id}, " in capsys.readouterr().out
    call_command("recompute_health")
    call_command("recompute_health", "--check")
    fold_all()
    assert not list(differences(workspace))


def test_a_repair_raises_the_version_so_that_maps_follow(folded):
    before = HealthScore.objects.get(persona=None)
    HealthScore.objects.update(score=1)
    call_command("recompute_health")
    after = HealthScore.objects.get(persona=None)
    assert (after.score, after.version) == (before.score, before.version + 1)


def test_without_differences_nothing_is_written(folded):
    before = list(HealthScore.objects.values())
    call_command("recompute_health")
    assert list(HealthScore.objects.values()) == before
