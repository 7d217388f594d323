"""What PostgreSQL and the broker have in common: a child to run and an address, or a reason why there is none."""

from dataclasses import dataclass

from config.processes import Child


class CannotServe(Exception):
    """There is no server to be had; the text tells a person what to do."""


@dataclass(frozen=True)
class Server:
    """A server that is ready to be started: how to run it, its address, and what to tell a person."""

    child: Child
    url: str
    description: str
