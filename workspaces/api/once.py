"""Requests that may be sent again: with a key, what was done once is not done twice, and its answer is told anew."""

import functools
import hashlib
import re
from collections.abc import Callable
from typing import Any, cast

from django.db import connection
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError

from workspaces.api.problems import Conflict, Unprocessable
from workspaces.models import ApiToken, KeptAnswer
from workspaces.tokens import underlying
from workspaces.transactions import retried

HEADER = "Idempotency-Key"
KEY = re.compile(r"^[!-~]{1,255}$", re.ASCII)
KEPT = ("Content-Type", "ETag")
Handler = Callable[..., HttpResponseBase]


def once(handler: Handler) -> Handler:
    """Let a POST be repeated under an `Idempotency-Key`: it is done once, and answered alike for a day.

    What was done and that it was done are stored in one transaction, so neither a crash nor a lost answer doubles it.
    A request that was refused did nothing, and its key is free. Raises 422 for another request under the same key, and
    409 while the first is under way.
    """

    @functools.wraps(handler)
    def keyed(view: Any, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = key_of(request)
        if key is None:
            return handler(view, request, *args, **kwargs)
        return _do_once(key, request, functools.partial(handler, view, request, *args, **kwargs))

    return keyed


def key_of(request: Request) -> str | None:
    """The key of a POST, if it has one. Raises 422 for what is none."""
    key = request.headers.get(HEADER)
    if key is not None and not KEY.fullmatch(key):
        raise ValidationError({HEADER: [_("A key has 1 to 255 signs of ASCII, without blanks.")]})
    return key


@retried
def _do_once(key: str, request: Request, do: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    token = cast("ApiToken", request.auth)
    asked = _fingerprint(request)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"{token.pk} {key}"])
        if not cursor.fetchone()[0]:
            raise Conflict(_("A request with this key is under way. Wait for it, then ask again."))
    kept = KeptAnswer.objects.of(token.workspace).filter(token=token, key=key).first()
    if kept is None:
        answer = do()
        _keep(token, key, asked, answer)
        return answer
    if kept.fingerprint != asked:
        raise Unprocessable(_("This key was used for another request."))
    again = HttpResponse(bytes(kept.body), status=kept.status, headers=kept.headers)
    again.headers["Idempotency-Replayed"] = "true"
    return again


def _fingerprint(request: Request) -> str:
    plain = underlying(request)
    parts = (str(plain.method).encode(), plain.get_full_path().encode(), plain.body)
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


def _keep(token: ApiToken, key: str, asked: str, answer: HttpResponseBase) -> None:
    headers = {name: answer.headers[name] for name in KEPT if name in answer.headers}
    if isinstance(answer, Response):  # not rendered yet
        renderer = JSONRenderer()
        body, headers["Content-Type"] = renderer.render(answer.data), renderer.media_type
    else:
        body = cast("HttpResponse", answer).content
    KeptAnswer.objects.create(
        workspace=token.workspace,
        token=token,
        key=key,
        fingerprint=asked,
        status=answer.status_code,
        headers=headers,
        body=body,
    )
