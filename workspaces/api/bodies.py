"""What programs send."""

from collections.abc import Mapping
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from workspaces.guard import Unreadable, json_of
from workspaces.tokens import underlying


class GuardedJSON(BaseParser):
    """JSON as the guard reads it: once for each request, and nothing in it that cannot be stored."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """What the body says."""
        try:
            return json_of(underlying((parser_context or {})["request"]))
        except Unreadable as unreadable:
            raise ParseError(str(unreadable)) from None
