"""What programs send."""

from collections.abc import Mapping
from typing import Any

from rest_framework.parsers import BaseParser

from workspaces.tokens import underlying


class GuardedJSON(BaseParser):
    """JSON as the guard has read it: once for each request, and nothing in it that cannot be stored."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """What the body says; the guard has refused what says nothing."""
        return underlying((parser_context or {})["request"]).json  # type: ignore[attr-defined]
