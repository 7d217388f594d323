"""Our own processes, each as a child: pages and REST, the live stream, the worker, beat."""

import http.client
from collections.abc import Callable, Mapping
from pathlib import Path

from config.processes import Child
from config.supervisor import python

ROOT = Path(__file__).resolve().parent.parent
MANAGE = str(ROOT / "manage.py")
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  where to knock when a server listens everywhere
PRODUCTION_WORKERS = 2


def web(host: str, port: int, env: Mapping[str, str], *, workers: int = PRODUCTION_WORKERS) -> Child:
    """Pages and REST under WSGI: `workers` processes with four threads each."""
    words = ["--interface", "wsgi", "--http", "1", "--no-ws", "--host", host, "--port", str(port)]
    words += ["--workers", str(workers), "--blocking-threads", "4", "--workers-kill-timeout", "5"]
    words += ["--respawn-failed-workers", "--log-level", "warning"]
    return Child(
        name="web",
        command=python("-m", "granian", *words, "config.wsgi:application"),
        env={**env, "ETAPPE_PROCESS": "web"},
        cwd=ROOT,
        ready=_answers(host, port, "/healthz"),
    )


def live(host: str, port: int, env: Mapping[str, str]) -> Child:
    """The live stream: its own small ASGI process."""
    return Child(
        name="live",
        command=python(MANAGE, "live", "--host", host, "--port", str(port)),
        env={**env, "ETAPPE_PROCESS": "web"},
        cwd=ROOT,
        ready=_answers(host, port, "/"),
    )


def worker(env: Mapping[str, str], *, processes: int = 2) -> Child:
    """The Celery worker: one prefork pool."""
    words = ["worker", "--pool", "prefork", "--concurrency", str(processes), "--loglevel", "INFO"]
    words += ["--without-gossip", "--without-mingle"]
    return Child(
        name="worker",
        command=python("-m", "celery", "-A", "config.celery", *words),
        env={**env, "ETAPPE_PROCESS": "worker"},
        cwd=ROOT,
        ends_within=20,
    )


def beat(env: Mapping[str, str], var: Path) -> Child:
    """The clock that rings the regular tasks; it keeps its place in `var`."""
    (var / "beat").mkdir(parents=True, exist_ok=True)
    words = ["beat", "--schedule", str(var / "beat" / "schedule"), "--pidfile", "", "--loglevel", "INFO"]
    return Child(
        name="beat",
        command=python("-m", "celery", "-A", "config.celery", *words),
        env={**env, "ETAPPE_PROCESS": "worker"},
        cwd=ROOT,
    )


def _answers(host: str, port: int, path: str) -> Callable[[int], bool]:
    """Whether there is any HTTP answer: a server that says 404 does serve."""

    def asked(pid: int) -> bool:
        line = http.client.HTTPConnection(EVERYWHERE.get(host, host), port, timeout=5)
        try:
            line.request("GET", path)
            line.getresponse().read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()
        return True

    return asked
