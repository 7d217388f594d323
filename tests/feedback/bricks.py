"""A Formbricks that sends: messages as its versions write them, signed."""

import base64
import hmac
import json
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from feedback.actions.formbricks import connect_formbricks, set_formbricks_secret
from feedback.models import Formbricks, FormbricksQuestion
from workspaces import clock
from workspaces.models import User, Workspace

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
CREATED = "2026-03-15T10:58:00.000Z"


def filled(answers: dict[str, Any], *, event: str = "responseFinished", **facts: Any) -> dict[str, Any]:
    """A message about one answered questionnaire."""
    response = {"id": "r1", "surveyId": "s1", "finished": True, "createdAt": CREATED, "updatedAt": CREATED}
    return {"webhookId": "w1", "event": event, "data": {**response, **facts, "data": answers}}


@dataclass
class Bricks:
    """`send(filled({"q1": 4}))` posts it to the connection's address; each message has an id of its own."""

    connection: Formbricks
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))
    secret: str = SECRET
    sent: int = 0

    def send(self, body: Any, *, seconds: int = 0, key: str = "", message: str = "", **headers: str) -> Any:
        """`seconds`: how far its clock is from ours; `message`: the id; `headers`: in place of the right ones."""
        self.sent += 1
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        name, stamp = message or f"m{self.sent}", str(int(clock.now().timestamp()) + seconds)
        signed = {
            "webhook-id": name,
            "webhook-timestamp": stamp,
            "webhook-signature": self.signature(f"{name}.{stamp}.".encode() + raw),
        }
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        url = f"/in/formbricks/{key or self.connection.key}/"
        return self.client.generic("POST", url, raw, content_type="application/json", headers=signed | named)

    def signature(self, signed: bytes) -> str:
        """As the specification says, without the library by which it is checked."""
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        return f"v1,{base64.b64encode(hmac.digest(key, signed, 'sha256')).decode()}"

    def question(self, name: str) -> FormbricksQuestion:
        """The question of that id as it stands."""
        return FormbricksQuestion.objects.get(formbricks=self.connection, question=name)


def bricks_for(workspace: Workspace, *, by: User) -> Bricks:
    """A connection with its secret, and the Formbricks at its other end."""
    made = connect_formbricks(workspace, name="Formbricks", by=by)
    return Bricks(set_formbricks_secret(made, secret=SECRET, version=made.version, by=by))


def ask(bricks: Bricks, name: str, **facts: Any) -> FormbricksQuestion:
    """A question that is mapped before it is answered."""
    made: FormbricksQuestion = FormbricksQuestion.objects.create(
        workspace=bricks.connection.workspace, formbricks=bricks.connection, survey="s1", question=name, **facts
    )
    return made
