"""`manage.py up`: a working workspace with one command."""

import contextlib
import os
import shutil
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import household, processes, services
from config.services import postgres
from config.services.server import CannotServe
from config.supervisor import AlreadyRunning, ChildFailed, Stopped, Supervisor, only_one, python, stop_on_signals

LOCAL = "127.0.0.1"
OURS = ("valkey", "beat", "mail", "static", "log", "secret_key", "services.json", "processes.json")


class Command(BaseCommand):
    """Start everything Etappe needs on this machine and keep it running until Ctrl-C."""

    help = "Start Etappe on this machine: database, broker, pages, live stream, worker and clock."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen, and whether to begin anew."""
        parser.add_argument("--port", type=int, default=8000, help="of the pages; the live stream takes the next one")
        parser.add_argument("--bind", default=LOCAL, metavar="ADDRESS", help="open the pages to a network, for phones")
        parser.add_argument("--no-sample", action="store_true", help="do not load the sample workspace")
        parser.add_argument("--reset", action="store_true", help="delete all data first (asks)")
        parser.add_argument("--yes", action="store_true", help="do not ask before --reset")

    def handle(self, *, port: int, bind: str, no_sample: bool, reset: bool, yes: bool, **options: Any) -> None:
        """Hold the data folder, bring everything up, and look after it until told to stop."""
        var: Path = settings.VAR
        try:
            with stop_on_signals(), only_one(var):
                if reset:
                    self.reset(var, yes=yes)
                try:
                    with Supervisor(var, self.say) as house:
                        self.bring_up(house, bind, port, sample=not no_sample)
                        house.watch()
                finally:
                    (var / "services.json").unlink(missing_ok=True)
        except AlreadyRunning:
            address = services.running_urls(var).get("SITE_URL", "it is still starting")
            raise CommandError(f"Etappe already runs with {var}: {address}") from None
        except (ChildFailed, CannotServe) as problem:
            raise CommandError(str(problem)) from None
        except Stopped:
            self.say("Stopped.")

    def say(self, line: str) -> None:
        """Tell the person at the terminal; a closed terminal is no reason to fail."""
        with contextlib.suppress(OSError):
            self.stdout.write(line)
            self.stdout.flush()

    def reset(self, var: Path, *, yes: bool) -> None:
        """Delete all that `up` keeps in `var`, once the person has typed the word."""
        if settings.DATABASE_URL:
            raise CommandError("--reset deletes only our own data folder, but DATABASE_URL names a server of yours.")
        if not yes:
            if not sys.stdin.isatty():
                raise CommandError("--reset asks first; without a terminal add --yes.")
            if input(f"This deletes all workspaces, answers and mails in {var}. Type RESET to go on: ") != "RESET":
                raise CommandError("Nothing was deleted.")
        postgres.remove(var / "postgres")
        for name in OURS:
            place = var / name
            shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
        self.say("All data deleted.")

    def bring_up(self, house: Supervisor, bind: str, port: int, *, sample: bool) -> None:
        """Start every child in order and print the address."""
        for wanted in (port, port + 1):
            if not processes.port_is_free(bind, wanted):
                holder = processes.port_holder(wanted) or "another program"
                raise CommandError(f"Port {wanted} of {bind} is taken by {holder}. Choose another with --port.")
        found = services.find(house.var)
        for line in found.descriptions:
            self.say(line)
        house.start(*found.children)
        env = self.environment(house.var, found.urls, bind, port)
        (house.var / "mail").mkdir(exist_ok=True, mode=0o700)
        self.say("Preparing the database and the pages")
        words = ["prepare", "--sample"] if sample else ["prepare"]
        if told := house.run("prepare", python(household.MANAGE, *words), env).strip():
            self.say(told)
        house.start(
            household.web(bind, port, env),
            household.live(bind, port + 1, env),
            household.worker(env),
            household.beat(env, house.var),
        )
        services.write_running_urls(house.var, {name: env[name] for name in (*found.urls, "SITE_URL", "LIVE_URL")})
        self.greet(house, env, bind)

    def environment(self, var: Path, urls: dict[str, str], bind: str, port: int) -> dict[str, str]:
        """What our own processes have to know, as environment variables."""
        host = reachable_as(bind)
        ours = {
            "SECRET_KEY": services.lasting_secret(var / "secret_key"),
            "SITE_URL": f"http://{host}:{port}",
            "LIVE_URL": f"http://{host}:{port + 1}/live",
            "ALLOWED_HOSTS": ",".join(sorted({LOCAL, "localhost", host})),
            "PYTHONUNBUFFERED": "1",
        }
        # What the person has set in the environment stands: a name in front of a proxy of their own, say.
        chosen = {name: os.environ.get(name) or value for name, value in ours.items()}
        return {**urls, "ETAPPE_VAR": str(var), **chosen}

    def greet(self, house: Supervisor, env: dict[str, str], bind: str) -> None:
        """Print the address, a sign-in link that works once, and who can reach us."""
        try:
            link = house.run("signin", python(household.MANAGE, "signin"), env).strip()
        except ChildFailed as problem:  # no reason to stop: another link can be made at any time
            link = str(problem)
        self.say(f"\nEtappe runs at {env['SITE_URL']}/   (Ctrl-C ends it)\n{link}")
        if bind != LOCAL:
            self.say(
                f"Open to the network: everyone who reaches {bind} sees the sign-in page, unencrypted.\n"
                "Database and broker stay on 127.0.0.1."
            )


def reachable_as(bind: str) -> str:
    """The one name under which browsers reach us: pages and live stream share their cookie only under the same name."""
    if bind not in household.EVERYWHERE:
        return f"[{bind}]" if ":" in bind else bind
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            # Sends nothing: it only asks the system which of its addresses leads outside.
            probe.connect(("2001:db8::1" if ":" in bind else "192.0.2.1", 9))
        except OSError:
            return LOCAL
        address: str = probe.getsockname()[0]
    return f"[{address}]" if ":" in address else address
