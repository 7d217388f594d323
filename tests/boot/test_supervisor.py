"""Children: ended in order, restarted when they die, recognised later, and nobody else's touched."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from config import processes
from config.processes import Child, Trace
from config.supervisor import AlreadyRunning, ChildFailed, Supervisor, only_one

LASTS = Child("lasts", [sys.executable, "-c", "import time; time.sleep(60)"])
DIES = Child("dies", [sys.executable, "-c", "exit('no such file')"], ready=lambda pid: False)


def test_a_child_that_does_not_start_is_shown_with_its_last_lines(tmp_path: Path) -> None:
    with (
        Supervisor(tmp_path, print) as house,
        pytest.raises(ChildFailed, match=r"(?s)dies ended at once.*no such file"),
    ):
        house.start(DIES)


def test_a_child_that_dies_is_started_again_with_growing_pauses_and_this_is_said(tmp_path: Path) -> None:
    said: list[str] = []
    with Supervisor(tmp_path, said.append) as house:
        house.start(Child("dies", ["sleep", "0.1"]))
        house.running[0].pause = 0.01
        while len(said) < 4:
            house.look_after_all()
    assert [line.splitlines()[0] for line in said[:4]] == ["dies ended (exit 0):", "dies started again"] * 2
    assert "again in 0.01 s" in said[0]
    assert "again in 0.02 s" in said[2]


def test_all_children_are_ended_even_when_the_block_fails(tmp_path: Path) -> None:
    with pytest.raises(ChildFailed), Supervisor(tmp_path, print) as house:
        house.start(LASTS, DIES)
    assert processes.start_time(house.running[0].process.pid) is None
    assert not (tmp_path / "processes.json").exists()


def test_what_a_killed_run_left_is_ended_and_a_stranger_with_its_pid_is_not(tmp_path: Path) -> None:
    left = subprocess.Popen(LASTS.command, start_new_session=True)
    stranger = subprocess.Popen(LASTS.command, start_new_session=True)
    traces = [Trace.of("worker", left.pid), Trace("web", stranger.pid, "at another time")]
    (tmp_path / "processes.json").write_text(json.dumps([trace.as_dict() for trace in traces if trace]))
    said: list[str] = []
    try:
        with Supervisor(tmp_path, said.append):
            assert left.wait(5) == -signal.SIGTERM
            assert stranger.poll() is None
        assert said == ["The last run was killed; ended what it left behind: worker"]
    finally:
        stranger.kill()
        stranger.wait()


def test_only_one_holds_a_data_folder(tmp_path: Path) -> None:
    with only_one(tmp_path), pytest.raises(AlreadyRunning), only_one(tmp_path):
        pass
    with only_one(tmp_path):
        pass


def test_a_taken_port_is_noticed_and_its_holder_named() -> None:
    port = processes.free_port()
    assert processes.port_is_free("127.0.0.1", port)
    server = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    with subprocess.Popen(server, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as holder:
        try:
            assert processes.wait_until(lambda: not processes.port_is_free("127.0.0.1", port), 10)
            if Path("/proc/net/tcp").exists():
                assert processes.wait_until(lambda: str(holder.pid) in processes.port_holder(port), 5)
                assert "http.server" in processes.port_holder(port)
        finally:
            holder.kill()


def test_an_ended_process_has_no_start_time_and_a_running_one_keeps_it() -> None:
    ours = processes.start_time(os.getpid())
    assert ours
    assert processes.start_time(os.getpid()) == ours
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        assert processes.wait_until(lambda: processes.start_time(ended.pid) is None, 5)  # even while nobody buried it
