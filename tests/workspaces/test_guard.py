"""What cannot be stored or was made to hurt gets a clear answer, and no 500."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from workspaces.guard import JSON_DEPTH, Unreadable, read_json

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


@pytest.mark.django_db
def test_a_name_that_is_given_twice_is_named() -> None:
    twice = b'{"rows": [{"value": 9, "text": "", "value": 1}]}'
    answer = Client().post(reverse("api_workspace"), twice, content_type="application/merge-patch+json")
    assert answer.status_code == 400
    assert "“value”" in answer.json()["detail"]


READ: dict[str, tuple[bytes, object]] = {
    "nothing": (b"", None),
    "a scalar": (b"7", 7),
    "a mark at the beginning": ("\ufeff[1]".encode(), [1]),
    "an emoji as two escapes": (b'["\\ud83d\\ude00"]', ["\U0001f600"]),
    "a backslash that escapes nothing": (b'["\\\\u0000"]', ["\\u0000"]),
    "the largest number": (b"[9223372036854775807, -9223372036854775807]", [2**63 - 1, 1 - 2**63]),
    "a large decimal": (b"1.7e308", 1.7e308),
    "brackets in a text": (b'{"a]": "' + b"[" * 30 + b'"}', {"a]": "[" * 30}),
    "twice, but in two objects": (b'[{"a": 1}, {"a": 1}]', [{"a": 1}, {"a": 1}]),
    "as deep as allowed": (b"[" * JSON_DEPTH + b"]" * JSON_DEPTH, [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]),
}


@pytest.mark.parametrize(("body", "value"), READ.values(), ids=READ)
def test_what_json_says(body: bytes, value: object) -> None:
    assert read_json(body) == value


UNREADABLE = {
    "NaN": b"[NaN]",
    "Infinity": b'{"a": -Infinity}',
    "a float beyond all": b"[1e400]",
    "2 to the 63": b'{"a": 9223372036854775808}',
    "-2 to the 63": b"[-9223372036854775808]",
    "a number of 5,000 digits": b"9" * 5000,
    "NUL": b'["\\u0000"]',
    "NUL after a backslash": b'["\\\\\\u0000"]',
    "NUL in a name": b'[{"a\\u0000": 1}]',
    "NUL as it is": b'["\0"]',
    "half a surrogate pair": b'[["ok \\ud83d\\ude00", "\\uDC00"]]',
    "half a pair as bytes": b'["\xed\xa0\x80"]',
    "a name twice that cannot be quoted": b'{"\\ud800": 1, "\\ud800": 2}',
    "a name twice, spelt differently": b'{"a": 1, "\\u0061": 2}',
    "one level too deep": b'{"a":' * (JSON_DEPTH + 1) + b"1" + b"}" * (JSON_DEPTH + 1),
    "deeper than Python": b"[" * 100_000,
    "a list cut short": b"[1, 2",
    "UTF-16": '{"a": 1}'.encode("utf-16"),
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_json_to_work_with(body: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read_json(body)
    str(refused.value).encode()


@pytest.mark.django_db
def test_a_form_may_hold_ten_thousand_umlauts_but_no_book() -> None:
    fits = "login=" + "%C3%A4" * 10_000
    too_long = "login=" + "a" * (1024 * 1024)
    for body, status in ((fits, 200), (too_long, 413)):
        answer = Client().post(LOGIN, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == status
