"""Rows of the token's workspace as REST resources: lists, single rows, and the verbs that pages use, too."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, cast

from django.db import models
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from workspaces.access import locked
from workspaces.api.fields import Query
from workspaces.api.once import once
from workspaces.api.pages import page_of
from workspaces.api.problems import VersionMissing
from workspaces.api.schema import Page
from workspaces.models import Actor, ApiToken, Workspace, WorkspaceQuerySet
from workspaces.transactions import retried

PAGE = ("limit", "cursor", "updated_since", "ordering")  # what a list's query says beside its filters


class Door(APIView):
    """What every view of the interface knows: the token's workspace, who acts, and what the address asks.

    `queries` names what each action's address may ask; without an entry nothing may be asked. `examples`: for each
    action with a body one that works, for the description; the tests send them, with ids and versions of their own.
    """

    queries: ClassVar[dict[str, type[Query]]] = {}
    examples: ClassVar[dict[str, Any]] = {}
    asked: dict[str, Any]

    @property
    def workspace(self) -> Workspace:
        """The workspace to which the token belongs."""
        return cast("ApiToken", self.request.auth).workspace

    @property
    def by(self) -> Actor:
        """Who acts: the person of a personal token, or the token of a service itself."""
        token = cast("ApiToken", self.request.auth)
        return token.user or token

    def query_of_action(self) -> type[Query]:
        """What the address may ask."""
        return self.queries.get(getattr(self, "action", None) or str(self.request.method).lower(), Query)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """After the token has been looked at, read what the address asks; 400 for what it must not."""
        super().initial(request, *args, **kwargs)
        if not hasattr(self, str(request.method).lower()):
            return  # 405 follows
        query = self.query_of_action()(data=request.query_params, context={"workspace": self.workspace})
        query.is_valid(raise_exception=True)
        self.asked = dict(query.validated_data)

    def next_page(self, cursor: str | None) -> str | None:
        """The address of the page behind the cursor."""
        if cursor is None:
            return None
        query = self.request.query_params.copy()
        query["cursor"] = cursor
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")

    def state_now(self) -> dict[str, Any]:
        """What a refusal tells beside its reason."""
        return {}


class Resource(Door, GenericViewSet):  # type: ignore[type-arg]
    """Rows of a model to be listed and read. Another workspace's are as if they never were."""

    model: ClassVar[type[models.Model]]
    http_method_names = ["get", "head", "post", "patch", "delete"]
    lookup_value_converter = "int"
    pagination_class = Page
    changed_at = "updated_at"  # the field that says when a row was changed last

    def rows(self) -> WorkspaceQuerySet:
        """All of this workspace, archived or not, with what their representation needs."""
        return self.model.objects.of(self.workspace)  # type: ignore[attr-defined, no-any-return]

    def shown(self, rows: WorkspaceQuerySet) -> WorkspaceQuerySet:
        """Those that lists show."""
        return rows.kept() if hasattr(self.model, "archived_at") else rows

    def is_gone(self, row: Any) -> bool:
        """Whether a list of changes tells only the id of a row."""
        return getattr(row, "archived_at", None) is not None

    def get_serializer_context(self) -> dict[str, Any]:
        """With the workspace, in which rows are looked up."""
        context = super().get_serializer_context()
        token = self.request.auth if self.request else None
        return {**context, **({"workspace": token.workspace} if isinstance(token, ApiToken) else {})}

    def get_object(self) -> Any:
        """The row of the address, archived or not, or 404."""
        row = self.rows().filter(pk=self.kwargs[str(self.lookup_url_kwarg)]).first()
        if row is None:
            raise Http404
        return row

    def state_now(self) -> dict[str, Any]:
        """The row of the address as it stands now, where there is one."""
        row = self.rows().filter(pk=self.kwargs.get(str(self.lookup_url_kwarg))).first()
        return {"current": self.get_serializer(row).data} if row else {}

    def list(self, request: Request) -> Response:
        """A page of rows. With `updated_since` what changed, the ids of what was archived apart."""
        filters = {name: value for name, value in self.asked.items() if name not in PAGE}
        cursor, limit, since = self.asked.get("cursor"), self.asked["limit"], self.asked.get("updated_since")
        rows = self.rows().filter(**filters)
        if since is None:
            page, following = page_of(self.shown(rows), self.order(), cursor=cursor, limit=limit)
            return Response({"next": self.next_page(following), "results": self.told(page)})
        if "ordering" in self.asked:
            raise serializers.ValidationError({"ordering": [_("With updated_since the order is that of the changes.")]})
        changed = rows.filter(**{f"{self.changed_at}__gte": since})
        page, following = page_of(changed, (self.changed_at, "id"), cursor=cursor, limit=limit)
        gone = [row.pk for row in page if self.is_gone(row)]
        kept = self.told([row for row in page if not self.is_gone(row)])
        return Response({"next": self.next_page(following), "results": kept, "archived": gone})

    def retrieve(self, request: Request, **named: Any) -> Response:
        """One row, archived or not."""
        return self.answer(self.get_object())

    def order(self) -> Sequence[str]:
        """The fields by which a page is ordered, unique together."""
        wanted = self.asked.get("ordering", "id")
        return (wanted,) if wanted.lstrip("-") == "id" else (wanted, "id")

    def told(self, rows: Sequence[Any]) -> Any:
        """The representations of these rows."""
        return self.get_serializer(rows, many=True).data

    def answer(self, row: Any, code: int = status.HTTP_200_OK) -> Response:
        """A row as it stands now; its version is its ETag."""
        told = self.get_serializer(row).data
        headers = {"ETag": f'"{told["version"]}"'} if "version" in told else {}
        return Response(told, status=code, headers=headers)

    def read(self, row: Any = None) -> dict[str, Any]:
        """What the body says, of a new row or in part of this one."""
        serializer = self.get_serializer(row, data=self.request.data, partial=row is not None)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)


@dataclasses.dataclass(frozen=True)
class Verbs:
    """The actions of an app, as its pages call them. `make` is given the workspace and the facts."""

    make: Callable[..., Any]
    edit: Callable[..., Any]
    archive: Callable[..., Any]
    restore: Callable[..., Any]


class KeptResource(Resource):
    """Rows that people edit: made, changed by version, archived and restored."""

    verbs: ClassVar[Verbs]

    @once
    def create(self, request: Request) -> Response:
        """A new row."""
        facts = self.read()
        facts.pop("version", None)
        made = self.verbs.make(self.workspace, by=self.by, **facts)
        return self.answer(self.rows().get(pk=made.pk), status.HTTP_201_CREATED)

    def partial_update(self, request: Request, **named: Any) -> Response:
        """Change what the body names; the rest stays. Sent twice it is harmless."""
        row = self.get_object()
        if self.is_gone(row):
            raise Http404
        facts = self.read(row)
        version = version_meant(request, facts.pop("version", None))
        self.verbs.edit(row, version=version, by=self.by, **facts)
        return self.answer(self.get_object())

    def destroy(self, request: Request, **named: Any) -> Response:
        """Archive it; it can be restored for 30 days. Twice is harmless."""
        self.archive(self.get_object(), version_seen(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    @once
    def restore(self, request: Request, **named: Any) -> Response:
        """Take it back from the archive. Twice is harmless."""
        self.verbs.restore(self.get_object(), by=self.by)
        return self.answer(self.get_object())

    @retried
    def archive(self, row: Any, version: int | None) -> None:
        """Archive it, if it is still of that version."""
        if version is not None:
            locked(row, version)
        self.verbs.archive(row, by=self.by)


def version_meant(request: Request, given: int | None) -> int:
    """The version from which an edit was made, as `version_seen`. Raises 428 where nothing says it."""
    version = version_seen(request, given)
    if version is None:
        raise VersionMissing(_("Say from which version you edit: “version” in the body, or If-Match."))
    return version


def version_seen(request: Request, given: int | None = None) -> int | None:
    """The version of which the body (`given`) or `If-Match` speaks, None where neither does.

    Zero, which no row has, where `If-Match` names no version or another one than the body.
    """
    tag = request.headers.get("If-Match")
    if tag is None or tag.strip() == "*":
        return given
    number = tag.strip().strip('"')
    matched = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0
    return matched if given in {None, matched} else 0
