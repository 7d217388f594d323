"""Two workers on two hosts share the work, with nothing in common but the addresses of the database and the broker.

Each host has a folder and, where the system lets us make them, a network of its own. Where it does not (in some
containers), the folder alone is told apart.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings

from bench.frame_hosts import Address, cabled, hosts, own_network, witness, written
from config.processes import wait_until
from feedback.actions import record_responses
from feedback.actions.recount import differences
from tests.answering import an_answer, new_touchpoint
from tests.processes import WORKER
from touchpoints.models import HealthScore, Observation
from workspaces.models import Workspace

ROUNDS, BOTH = 3, {"north", "south"}
REACH = "import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 5)"


@pytest.mark.parametrize("number", range(ROUNDS))
def test_two_workers_on_two_hosts_share_the_work(settled: None, workspace: Workspace, number: int) -> None:
    touchpoints = [new_touchpoint(workspace, f"Stop {stop}") for stop in range(8)]
    batches = 0

    def both_have_folded() -> bool:
        nonlocal batches
        for touchpoint in touchpoints:
            record_responses(workspace, [an_answer(touchpoint, 4) for _ in range(5)])
        batches += 1
        return set(written()) == BOTH

    with witness(), hosts(Path(settings.VAR) / WORKER / "hosts", *BOTH, way=own_network()):
        assert wait_until(lambda: len(current_app.control.ping(timeout=0.5) or ()) == 2, 60)
        assert wait_until(both_have_folded, 30)
        assert wait_until(lambda: not Observation.objects.exists(), 30)
    assert set(HealthScore.objects.values_list("answers", flat=True)) == {5 * batches}
    assert not list(differences(workspace))


def test_without_the_two_addresses_a_host_reaches_nothing() -> None:
    server = Address.of(settings.DATABASE_URL)
    reach = [sys.executable, "-c", REACH, server.host, str(server.port)]
    assert subprocess.run(reach, check=False).returncode == 0, "the control: from here it is reached"
    if way := own_network():
        alone = subprocess.run([*way, *cabled("alone", "", []), *reach], capture_output=True, text=True, check=False)
        assert "Connection refused" in alone.stderr
