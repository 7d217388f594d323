"""A company's own sign-in, as small as OpenID Connect allows: discovery, authorize, token, userinfo and keys.

It speaks over a real socket and checks what it is sent: client, secret, redirect address, code, PKCE.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "etappe", "between-us"


@dataclass
class Company:
    """The provider: who sits before the screen (`claims`), and what it has handed out."""

    claims: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    url: str = ""

    def configuration(self) -> dict[str, Any]:
        """What discovery says."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        """Our public key."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """The person agrees: back to the asker with a code."""
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent: dict[str, str]) -> dict[str, Any]:
        """A token for a code, once, to whoever holds the secret and began with it."""
        asked = self.codes.pop(sent["code"])
        assert (sent["client_id"], sent["client_secret"]) == (CLIENT, SECRET)
        assert sent["redirect_uri"] == asked["redirect_uri"]
        verified = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).rstrip(b"=")
        assert verified.decode() == asked["code_challenge"]
        access = secrets.token_urlsafe()
        self.tokens.add(access)
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, **self.claims}
        signed = jwt.encode(claims, self.key, "RS256", headers={"kid": "1"})
        return {"access_token": access, "token_type": "Bearer", "expires_in": 60, "id_token": signed}


class Desk(BaseHTTPRequestHandler):
    """Answers for the company."""

    company: Company

    def do_GET(self) -> None:
        """Discovery, keys, authorize and userinfo."""
        parts = urlsplit(self.path)
        if parts.path == "/.well-known/openid-configuration":
            self.tell(self.company.configuration())
        elif parts.path == "/keys":
            self.tell(self.company.keys())
        elif parts.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.company.authorize(single(parts.query)))
            self.end_headers()
        elif parts.path == "/userinfo":
            assert self.headers["Authorization"].removeprefix("Bearer ") in self.company.tokens
            self.tell(self.company.claims)

    def do_POST(self) -> None:
        """The token."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.tell(self.company.token(single(body)))

    def tell(self, body: dict[str, Any]) -> None:
        """Answer with JSON."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def single(query: str) -> dict[str, str]:
    """A query or form in which each name comes once."""
    return {name: values[0] for name, values in parse_qs(query).items()}


@contextmanager
def open_company() -> Iterator[Company]:
    """A company whose desk is open on a free port of this machine."""
    company = Company()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("CompanyDesk", (Desk,), {"company": company}))
    company.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield company
    finally:
        server.shutdown()
        server.server_close()
