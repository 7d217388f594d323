"""Every address, and who may knock. A new route fails tests/test_doors.py until it has its line here.

    "team": Door(GET=VIEWER, POST=ADMIN),

The key is the route's name; then each method it answers, with the lowest role that may use it. Methods that are not
named must answer 405. Every name in an address (<int:team_id>) must be in ROWS of tests/rows.py, so that the test can
put another workspace's id there; do the same for a form's field that names a row (FIELDS), whatever the form is.

    "api_workspace": Rest(GET=READ),             a REST address, with the scope that a token needs
    "preferences":   SignedIn("POST"),           for everyone who is signed in, outside a workspace
    "healthz":       Open("GET", why="…"),       for everyone

Options of Door: `body={"name": "Team"}` sends these fields with each POST beside foreign ids, and `asks={"page": "1"}`
this query with each GET; `own=True`: the row is Olga's own, for all others it is not there. Without a body a POST is
sent empty: it may answer anything but 403, 404 and 5xx.
"""

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


ENTRY = "how people get in: each step asks for a password, a code or a link"


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


TOUCHPOINT = {"name": "Kiosk", "contact": "personal", "directness": "direct", "importance": "3", "target": "70"}

ROUTES: dict[str, Route] = {
    # --- the house ---
    "healthz": Open("GET", why="says only that the process lives"),
    "readyz": Open("GET", why="counts, no content"),
    "metrics": Open("GET", why="only from the machine itself or with the operator's token"),
    # --- sign-in (allauth) ---
    "account_login": Open("GET", "POST", why=ENTRY),
    "account_logout": Open("GET", "POST", why="a stranger has nothing to leave"),
    "account_inactive": Open("GET", why="one sentence"),
    "account_reset_password": Open("GET", "POST", why=ENTRY),
    "account_reset_password_done": Open("GET", why="one sentence"),
    "account_reset_password_from_key": Open("GET", "POST", why=ENTRY),
    "account_reset_password_from_key_done": Open("GET", why="one sentence"),
    "account_reauthenticate": SignedIn("GET", "POST"),
    "account_change_password": SignedIn("GET", "POST"),
    "account_set_password": SignedIn("GET", "POST"),
    "mfa_authenticate": Open("GET", "POST", why=ENTRY),
    "mfa_index": SignedIn("GET"),
    "mfa_reauthenticate": SignedIn("GET", "POST"),
    "mfa_activate_totp": SignedIn("GET", "POST"),
    "mfa_deactivate_totp": SignedIn("GET", "POST"),
    "mfa_view_recovery_codes": SignedIn("GET"),
    "mfa_generate_recovery_codes": SignedIn("GET", "POST"),
    "mfa_download_recovery_codes": SignedIn("GET"),
    "socialaccount_login_cancelled": Open("GET", why="one sentence"),
    "socialaccount_login_error": Open("GET", why="one sentence"),
    "openid_connect_login": Open("GET", "POST", why=ENTRY),
    "openid_connect_callback": Open("GET", why=ENTRY),
    # --- outside any workspace ---
    "start": SignedIn("GET"),
    "preferences": SignedIn("GET", "POST"),
    "workspace_create": SignedIn("GET", "POST"),
    "sign_in_link": Open("GET", "POST", why="the link is a secret that works once"),
    "invitation": Open("GET", "POST", why="the link is a secret, and joining takes its address, too"),
    # --- programs ---
    "api_workspace": Rest(GET=READ),
    "api_schema": Open("GET", why="describes the interface, no content"),
    **edited("personas", "channels", "touchpoints", "comments", "insights", "journeys", "placements", "lanes"),
    **read("teams", "members", "submissions", "changes", "jobs", "alarms"),
    "api-alarms-acknowledge": Rest(POST=WRITE),
    "api-changes-restore": Rest(POST=WRITE),
    "api-comments-resolve": Rest(POST=WRITE),
    "api-comments-reopen": Rest(POST=WRITE),
    "api_scores": Rest(GET=READ),
    "api_figures": Rest(GET=READ),
    "api_touchpoint_explain": Rest(GET=READ, asks={"as_of": "2026-03-01"}),
    "api_score_changes": Rest(GET=READ),
    "api_journey_map": Rest(GET=READ, asks={"as_of": "2026-03-01"}),
    "api_journey_export": Rest(GET=READ),
    "api_journey_import": Rest(POST=WRITE),
    "api-journeys-duplicate": Rest(POST=WRITE),
    "api-journeys-undo": Rest(POST=WRITE),
    "api-journeys-redo": Rest(POST=WRITE),
    "api-journeys-bulk": Rest(POST=WRITE),
    "api-phases-list": Rest(GET=READ),
    "api-phases-detail": Rest(GET=READ, PATCH=WRITE),
    "api-placements-move": Rest(POST=WRITE),
    "api-responses-list": Rest(GET=READ, POST=INGEST),
    "api-responses-detail": Rest(GET=READ, DELETE=WRITE),
    # --- journeys ---
    "journeys": Door(GET=VIEWER),
    "journey_new": Door(GET=EDITOR),
    "journey_create": Door(
        GET=EDITOR,
        POST=EDITOR,
        body={"name": "Return trip", "category": "use", "standing": "as_is"},
        asks={"template": "rail"},
    ),
    "journey_begin": Door(POST=EDITOR, body={"phase": "awareness"}),
    "sheet_create": Door(GET=EDITOR, POST=EDITOR, body={"key": "once", "text": "Phase\tTouchpoint\nPurchase\tKiosk"}),
    "sheet_blank": Door(GET=EDITOR),
    "sheet": Door(GET=EDITOR, POST=EDITOR, body={"header": "1", "layout": "list", "scale": "-2..2"}),
    "sheet_draw": Door(POST=EDITOR, body={"name": "Trip", "category": "use", "standing": "as_is"}),
    "sheet_discard": Door(POST=EDITOR),
    "journey_duplicate": Door(GET=EDITOR, POST=EDITOR, body={"name": "Return trip", "standing": "to_be"}),
    "journey_edit": Door(GET=EDITOR, POST=EDITOR, body={"name": "Trip", "category": "use", "standing": "to_be"}),
    "journey_archive": Door(GET=EDITOR, POST=EDITOR),
    "journey_restore": Door(POST=EDITOR),
    "journey_sample": Door(GET=VIEWER, POST=EDITOR),
    # --- touchpoints ---
    "touchpoints": Door(GET=VIEWER),
    "touchpoint_create": Door(GET=EDITOR, POST=EDITOR, body=TOUCHPOINT),
    "jump": Door(GET=VIEWER, asks={"q": "info"}),
    "scorecards": Door(GET=VIEWER, asks={"from": "2026-01-01", "to": "2026-02-01"}),
    "alarms": Door(GET=VIEWER),
    "alarm": Door(GET=VIEWER),
    "alarm_acknowledge": Door(POST=EDITOR, body={"note": "Seen", "version": "1"}),
    "touchpoint_panel": Door(GET=VIEWER),
    "touchpoint_explain": Door(GET=VIEWER, asks={"day": "2026-03-02"}),
    "touchpoint_explain_xlsx": Door(GET=VIEWER),
    "touchpoint_pdf": Door(GET=VIEWER),
    "scorecards_pdf": Door(GET=VIEWER),
    "scorecards_view_save": Door(POST=EDITOR, body={"name": "Weak ones", "query": "?band=weak"}),
    "scorecards_view_remove": Door(POST=EDITOR),
    "scorecards_csv": Door(GET=VIEWER),
    "scorecards_xlsx": Door(GET=VIEWER),
    "journey_explain": Door(GET=VIEWER),
    "touchpoint_answers": Door(GET=VIEWER, asks={"day": "2026-03-01", "scale": "nps:0-10"}),
    "touchpoint": Door(GET=VIEWER),
    "touchpoint_edit": Door(GET=EDITOR, POST=EDITOR, body=TOUCHPOINT),
    "touchpoint_archive": Door(GET=EDITOR, POST=EDITOR),
    "touchpoint_restore": Door(POST=EDITOR),
    "channels": Door(GET=VIEWER),
    "channels_start": Door(POST=EDITOR),
    "channel_create": Door(GET=EDITOR, POST=EDITOR, body={"name": "Kiosk", "icon": "store"}),
    "channel_edit": Door(GET=EDITOR, POST=EDITOR, body={"name": "Kiosk", "icon": "store"}),
    "channel_archive": Door(GET=EDITOR, POST=EDITOR),
    "channel_restore": Door(POST=EDITOR),
    "insight_create": Door(GET=EDITOR, POST=EDITOR, body={"kind": "pain", "text": "Too late", "mentions": "3"}),
    "insight_edit": Door(GET=EDITOR, POST=EDITOR, body={"kind": "wish", "text": "Earlier", "mentions": "4"}),
    "insight_archive": Door(GET=EDITOR, POST=EDITOR),
    "insight_restore": Door(POST=EDITOR),
    # Every member may comment, those who only look too. Of another one's comment the actions ask more, and refuse with
    # 422: editing is its author's, archiving an admin's too, and resolving an editor's.
    "comments": Door(GET=VIEWER, POST=VIEWER, body={"text": "Who answers for this?"}),
    "comment": Door(GET=VIEWER),
    "comment_edit": Door(GET=VIEWER, POST=VIEWER, body={"text": "Who answers for this now?", "version": "1"}),
    "comment_archive": Door(POST=VIEWER),
    "comment_restore": Door(POST=VIEWER),
    "comment_resolve": Door(POST=VIEWER),
    "comment_reopen": Door(POST=VIEWER),
    # --- personas ---
    "personas": Door(GET=VIEWER),
    "persona_create": Door(GET=EDITOR, POST=EDITOR, body={"name": "Newcomer", "evidence": "assumption"}),
    "persona": Door(GET=VIEWER),
    "persona_edit": Door(GET=EDITOR, POST=EDITOR, body={"name": "Renamed", "evidence": "researched"}),
    "persona_archive": Door(GET=EDITOR, POST=EDITOR),
    "persona_restore": Door(POST=EDITOR),
    # --- maps ---
    "journey": Door(GET=VIEWER),
    "journey_busy": Door(POST=EDITOR, body={"placement": "1"}),
    "journey_present": Door(GET=VIEWER, asks={"moment": "2"}),
    "journey_out": Door(GET=VIEWER, asks={"lens": "gap"}),
    "journey_pdf": Door(GET=VIEWER),
    "journey_png": Door(GET=VIEWER),
    "journey_json": Door(GET=VIEWER),
    "journey_xlsx": Door(GET=VIEWER),
    "whole_create": Door(GET=EDITOR, POST=EDITOR, body={"name": "Trip", "key": "once", "document": "{}"}),
    "share_create": Door(GET=EDITOR, POST=EDITOR, body={"name": "Agency", "days": "30"}),
    "share_revoke": Door(GET=EDITOR, POST=EDITOR),
    "share": Open("GET", "POST", why="the link is a secret that opens one journey; tests/journeys/test_share.py"),
    "share_present": Open("GET", why="the same journey by the same link"),
    "library": Door(GET=VIEWER, asks={"q": "info"}),
    "placement_create": Door(POST=EDITOR, body={"text": "Help desk"}),
    "placement_move": Door(GET=EDITOR, POST=EDITOR),
    "placement_edit": Door(GET=EDITOR, POST=EDITOR, body={"share": "50", "quote": "Too late"}),
    "placement_rename": Door(POST=EDITOR, body={"name": "Help desk", "version": "1"}),
    "placement_needs": Door(GET=EDITOR, POST=EDITOR),
    "view_save": Door(POST=EDITOR, body={"name": "Weak ones", "query": "?band=weak"}),
    "view_remove": Door(POST=EDITOR),
    "lane_add": Door(POST=EDITOR, body={"name": "Systems", "kind": "text"}),
    "lane_arrange": Door(POST=EDITOR, body={"shown": "no"}),
    "lane_remove": Door(POST=EDITOR),
    "placement_cell": Door(POST=EDITOR, body={"field": "quote", "text": "So quick"}),
    "placement_archive": Door(POST=EDITOR),
    "placement_restore": Door(POST=EDITOR),
    "marks": Door(GET=EDITOR),
    "paste": Door(GET=EDITOR, POST=EDITOR, body={"text": "Help desk", "add": "1"}),
    "bulk": Door(GET=EDITOR, POST=EDITOR, asks={"verb": "owner"}, body={"verb": "archive", "placement": "1:1:1"}),
    "phase_label": Door(POST=EDITOR, body={"label": "On board"}),
    "changes": Door(GET=VIEWER),
    "change_restore": Door(POST=EDITOR),
    "change_order": Door(POST=EDITOR),
    "change_undo": Door(POST=EDITOR),
    "change_redo": Door(POST=EDITOR),
    # --- workspaces ---
    "settings": Door(GET=VIEWER, POST=ADMIN),
    "settings_health": Door(GET=VIEWER, POST=ADMIN),
    "settings_target": Door(POST=ADMIN),
    "settings_sensitivity": Door(GET=VIEWER),
    "settings_audit": Door(GET=ADMIN),
    "notices": Door(GET=VIEWER, POST=VIEWER),
    "notice_read": Door(POST=VIEWER, own=True),
    "members": Door(GET=VIEWER),
    "member_edit": Door(GET=ADMIN, POST=ADMIN, body={"role": "10", "version": "1"}),
    "member_remove": Door(GET=ADMIN, POST=ADMIN),
    "member_leave": Door(GET=VIEWER, POST=VIEWER),
    "teams": Door(GET=VIEWER),
    "team_create": Door(GET=ADMIN, POST=ADMIN, body={"name": "Back office"}),
    "team_edit": Door(GET=ADMIN, POST=ADMIN, body={"name": "Back office", "version": "1"}),
    "team_archive": Door(GET=ADMIN, POST=ADMIN),
    "team_restore": Door(POST=ADMIN),
    "tokens": Door(GET=VIEWER),
    "interface": Door(GET=VIEWER),
    "token_create": Door(
        GET=VIEWER, POST=VIEWER, body={"name": "BI", "scopes": "read", "personal": "yes", "days": "30"}
    ),
    "token_end": Door(GET=ADMIN, POST=ADMIN),  # whoever made a personal token may end it, too
    "invitation_create": Door(GET=ADMIN, POST=ADMIN, body={"email": "new.person@example.org", "role": "10"}),
    "invitation_resend": Door(POST=ADMIN),
    "invitation_withdraw": Door(POST=ADMIN),
    # --- answers ---
    "answers": Door(GET=VIEWER),
    "import_create": Door(GET=EDITOR, POST=EDITOR, body={"key": "once"}),
    "import_show": Door(GET=EDITOR),
    "import_file": Door(POST=EDITOR, body={"encoding": "utf-8", "delimiter": ",", "header": "1", "first": "2"}),
    "import_columns": Door(POST=EDITOR, body={"columns": "0", "part": "question", "scale": "nps:0-10"}),
    "import_settle": Door(POST=EDITOR, body={"source": "Survey", "day": "2026-05-01", "check": "1"}),
    "import_mapping": Door(POST=EDITOR),
    "import_store": Door(POST=EDITOR),
    "import_cancel": Door(POST=EDITOR),
    "import_reopen": Door(POST=EDITOR),
    "import_discard": Door(POST=EDITOR),
    "import_undo": Door(GET=EDITOR, POST=EDITOR),
    "import_problems": Door(GET=EDITOR),
    "mapping_save": Door(POST=EDITOR, body={"name": "Spring survey"}),
    "mapping_delete": Door(POST=EDITOR),
}
