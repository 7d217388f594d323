"""Kill -9 of worker, beat and broker under load: every answer has to be there after, and every score right.

Kill -9 of the worker midway through an import: all of it or nothing. And workers on two hosts that share the work.
"""

import argparse
from pathlib import Path

from celery import current_app
from django.conf import settings

from bench.frame import arguments, figure
from bench.frame_faults import Crowd, fragile, one_round, waits_for_nothing, wrong
from bench.frame_hosts import hosts, own_network, witness, written
from bench.frame_imports import content, kill_midway
from config.processes import wait_until
from touchpoints.actions import create_touchpoint
from workspaces.actions import create_workspace
from workspaces.models import User, Workspace

BOTH = ("north", "south")


def main(words: list[str]) -> None:
    """Figures of `faults`."""
    sizes = arguments(words, rounds=20, touchpoints=40, seconds=6, batches=300, imports=20, rows=100_000)
    by = User.objects.create_user(email="bench@example.org")
    workspace = create_workspace(name="Bench", by=by)
    for number in range(sizes.touchpoints):
        create_touchpoint(workspace, name=f"Stop {number}", by=by)
    if sizes.rounds:
        kills(workspace, sizes)
    if sizes.imports:
        killed_imports(workspace, sizes, by=by)
    if sizes.batches:
        share(workspace, sizes.batches)


def kills(workspace: Workspace, sizes: argparse.Namespace) -> None:
    """All three are killed in each round, each at a moment of its own."""
    with fragile(Path(settings.VAR) / "faults") as house:
        house.start("broker", "worker", "beat")
        rounds = [
            one_round(house, workspace, ["worker", "beat", "broker"], seconds=sizes.seconds, seed=number)
            for number in range(sizes.rounds)
        ]
    figure("faults.rounds", len(rounds), "rounds")
    figure("faults.answers_missing", sum(abs(one.missing) for one in rounds), "answers")
    figure("faults.scores_wrong", sum(one.wrong for one in rounds), "touchpoints")
    figure("faults.settled_after_s", max(one.settled for one in rounds), "s")
    figure("faults.pending_when_killed", sum(one.pending for one in rounds), "answers")


def killed_imports(workspace: Workspace, sizes: argparse.Namespace, *, by: User) -> None:
    """The worker is killed midway through each import, and another one ends it."""
    file = content(sizes.rows)
    with fragile(Path(settings.VAR) / "imports") as house:
        house.start("broker", "worker")
        rounds = [kill_midway(house, workspace, file, seed=number, by=by) for number in range(sizes.imports)]
    figure("faults.imports_killed", sum(left == 0 for left, _ended in rounds), "imports")
    figure("faults.imports_half_stored", sum(left not in {0, sizes.rows} for left, _ended in rounds), "imports")
    figure("faults.imports_not_once", sum(ended != sizes.rows for _left, ended in rounds), "imports")


def share(workspace: Workspace, batches: int) -> None:
    """Two hosts with a worker each, while customers answer."""
    way, crowd = own_network(), Crowd(workspace, seed=-1)
    with witness(), hosts(Path(settings.VAR) / "hosts", *BOTH, way=way):
        wait_until(lambda: len(current_app.control.ping(timeout=0.5)) == len(BOTH), 60)
        for _ in range(batches):
            crowd.answer()
        wait_until(lambda: waits_for_nothing(workspace), 60)
        scores = written()
    figure("faults.hosts_with_own_network", len(BOTH) if way else 0, "hosts")
    figure("faults.hosts_that_folded", len(scores), "hosts")
    figure("faults.least_share", min(scores[host] for host in BOTH) / scores.total(), "of the scores written")
    figure("faults.shared_scores_wrong", len(wrong(workspace)), "touchpoints")
