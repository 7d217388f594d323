"""What cannot be stored or was made to hurt gets a clear answer, and no 500."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from workspaces.guard import depth

LOGIN = "/accounts/login/"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/%00", f"{LOGIN}?next=%00", f"{LOGIN}?%00=1", "/w/a%00b/"])
def test_nul_in_path_and_query(address: str) -> None:
    assert Client().get(address).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("form", [{"login": "a\0b"}, {"a\0b": "login"}])
def test_nul_in_forms(form: dict[str, str]) -> None:
    assert Client().post(LOGIN, form).status_code == 400
    urlencoded = "&".join(f"{name}={value}" for name, value in form.items()).replace("\0", "%00")
    answer = Client().post(LOGIN, urlencoded, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400


@pytest.mark.django_db
def test_nul_and_lone_surrogates_in_headers() -> None:
    assert Client().get(LOGIN, headers={"Accept-Language": "de\0"}).status_code == 400
    assert Client().get(LOGIN, HTTP_X_NAME="\udcff").status_code == 400


@pytest.mark.django_db
def test_refusals_are_told_in_the_reader_s_language() -> None:
    page = Client().get(f"{LOGIN}?next=%00", headers={"Accept-Language": "de"})
    assert 'lang="de"' in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"name": "a\\u0000b"}', 400),
        (b'{"a\\u0000b": 1}', 400),
        (b'[["\\ud800"]]', 400),
        (b"{nonsense", 400),
        (b"\xff\xfe", 400),
        (b'{"n": 1e999}', 400),
        (b'{"n": 99999999999999999999}', 400),
        (b"[" * 21 + b"]" * 21, 400),
        (b"[" * 30_000, 400),
        (b'"' + b"x" * 65_536 + b'"', 413),
        (b"[" * 20 + b"]" * 20, 401),
        (b'{"name": "\\ud83d\\ude00 [[[[[[[[[[[[[[[[[[[[[[[[[["}', 401),
        (b'"' + b"x" * 65_534 + b'"', 401),
    ],
)
def test_json(body: bytes, status: int) -> None:
    answer = Client().post(reverse("api_workspace"), body, content_type="application/json")
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["status"] == status


def test_depth_counts_brackets_outside_texts() -> None:
    assert depth(b'{"a": [1, {"b": "]]]"}], "c\\"[[": []}') == 3
    assert depth(b'"[[["') == 0


@pytest.mark.django_db
def test_a_form_may_hold_ten_thousand_umlauts_but_no_book() -> None:
    fits = "login=" + "%C3%A4" * 10_000
    too_long = "login=" + "a" * (1024 * 1024)
    for body, status in ((fits, 200), (too_long, 413)):
        answer = Client().post(LOGIN, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == status
