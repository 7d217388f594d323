"""Asking the REST interface in tests: `rest(tess).post("personas/", {"name": "Mara"})`."""

import json
from typing import Any

from django.test import Client

BASE = "/api/v1/"


class Rest:
    """A program: paths are below /api/v1/, bodies are JSON."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer. Headers are named `If_Match="…"`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = "" if body is None else json.dumps(body)
        url = path if path.startswith("http") else BASE + path
        return self.client.generic(method, url, sent, content_type="application/json", headers=named)

    def get(self, path: str, **headers: str) -> Any:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.ask("POST", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.ask("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.ask("DELETE", path, **headers)

    def pages(self, path: str) -> list[Any]:
        """All pages of a list."""
        found = [self.get(path).json()]
        while following := found[-1]["next"]:
            found.append(self.get(following.removeprefix("http://testserver" + BASE)).json())
        return found
