"""What is usual, learned once a day from all touchpoints of a workspace and frozen for it."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.db import connection

from touchpoints.actions import statements
from touchpoints.actions.apart import Busy
from touchpoints.actions.grounds import newest_model
from touchpoints.health.credibility import Fit, RateFit, fit, fit_rate
from touchpoints.health.decay import Tally
from touchpoints.health.estimate import exposures_of
from touchpoints.health.metrics import Scale, scale_of
from touchpoints.health.usual import Component
from touchpoints.models import FittedPrior, PriorFit
from workspaces import clock

Tallies = Mapping[Scale, Tally]
_LOCKS = 0x466974 << 40  # begins every advisory lock of a fit


def settle_priors(workspace: int, day: datetime.date) -> int:
    """The id of a workspace's fit for that day, which whoever needs it first makes. In a transaction.

    It is learned from the sums as they stand then, and does not change until the next day. Raises Busy while another
    is making it.
    """
    known = PriorFit.objects.filter(workspace=workspace, day=day).values_list("id", flat=True)
    if found := known.first():
        return int(found)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCKS + workspace])
        if not cursor.fetchone()[0]:
            raise Busy
    if found := known.first():  # by one who has just committed
        return int(found)
    fit = PriorFit.objects.create(workspace_id=workspace, day=day, created_at=clock.now())
    FittedPrior.objects.bulk_create(
        FittedPrior(workspace_id=workspace, fit=fit, peer_group=group, component=component, **_as_stored(learned))
        for group, component, learned in learn(workspace)
    )
    return int(fit.pk)


def learn(workspace: int) -> Iterator[tuple[str, Component, Fit | RateFit]]:
    """What can be learned of each component from a workspace's touchpoints, phase by phase and ("") from all of them.

    Nothing is learned from fewer than eight.
    """
    model = newest_model(workspace)
    peers = _read_peers(workspace)
    groups = {"": [tallies for in_phase in peers.values() for tallies in in_phase]}
    groups |= {group: in_phase for group, in_phase in peers.items() if group}
    for group, in_group in groups.items():
        for component, metrics in model.asked.items():
            if learned := fit(metrics, in_group):
                yield group, component, learned
        exposures = [exposures_of(tallies) for tallies in in_group]
        for component in model.rates:
            if of_rate := fit_rate(one[component] for one in exposures if component in one):
                yield group, component, of_rate


def _read_peers(workspace: int) -> dict[str, list[Tallies]]:
    """What every kept touchpoint of the workspace has in its windows, over all personas, by phase."""
    found: dict[str, dict[int, dict[Scale, Tally]]] = defaultdict(lambda: defaultdict(dict))
    with connection.cursor() as cursor:
        cursor.execute(statements.SUM_BY_TOUCHPOINT, {"workspace": workspace})
        for group, touchpoint, metric, code, sums, squares, answers in cursor.fetchall():
            tally = Tally(tuple(map(int, sums)), int(squares), int(answers))
            found[group][touchpoint][scale_of(metric, code)] = tally
    return {group: list(by_touchpoint.values()) for group, by_touchpoint in found.items()}


def _as_stored(learned: Fit | RateFit) -> dict[str, object]:
    shares = learned.shares if isinstance(learned, Fit) else {}
    return {
        "peers": learned.peers,
        "mass": learned.mass,
        "mean": learned.mean,
        "within": learned.sigma2,
        "between": learned.tau2,
        "shares": {scale.key: list(of_values) for scale, of_values in shares.items()},
    }
