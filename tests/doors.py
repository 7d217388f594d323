"""What tests/doors_table.py says of a route."""

from dataclasses import dataclass, field

from workspaces.models import Role, Scope

VIEWER, EDITOR, ADMIN, OWNER = Role.VIEWER, Role.EDITOR, Role.ADMIN, Role.OWNER
READ, WRITE, INGEST = Scope.READ, Scope.WRITE, Scope.INGEST


@dataclass(frozen=True)
class Route:
    """What any route may say of itself."""

    methods: dict[str, str | int]
    body: dict[str, str] = field(default_factory=dict)
    asks: dict[str, str] = field(default_factory=dict)
    own: bool = False


class Door(Route):
    """A page of a workspace."""

    def __init__(
        self,
        *,
        body: dict[str, str] | None = None,
        asks: dict[str, str] | None = None,
        own: bool = False,
        **roles: Role,
    ) -> None:
        super().__init__(dict(roles), body or {}, asks or {}, own)


class Rest(Route):
    """An address for programs."""

    def __init__(
        self, *, body: dict[str, str] | None = None, asks: dict[str, str] | None = None, **scopes: Scope
    ) -> None:
        super().__init__(dict(scopes), body or {}, asks or {})


class SignedIn(Route):
    """For everyone who is signed in."""

    def __init__(self, *methods: str) -> None:
        super().__init__(dict.fromkeys(methods, ""))


class Open(Route):
    """For everyone; `why` says what makes that safe."""

    def __init__(self, *methods: str, why: str) -> None:
        super().__init__(dict.fromkeys(methods, why))


def read(*resources: str) -> dict[str, Route]:
    """REST resources to be listed and read."""
    return {f"api-{name}-{what}": Rest(GET=READ) for name in resources for what in ("list", "detail")}


def edited(*resources: str) -> dict[str, Route]:
    """REST resources that programs make, edit, archive and restore."""
    verbs = {
        "list": Rest(GET=READ, POST=WRITE),
        "detail": Rest(GET=READ, PATCH=WRITE, DELETE=WRITE),
        "restore": Rest(POST=WRITE),
    }
    return {f"api-{name}-{what}": rest for name in resources for what, rest in verbs.items()}
