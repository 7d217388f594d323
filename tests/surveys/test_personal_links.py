"""Personal links as the team makes them: one, many, and by a program of theirs."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feedback.links import link_to, secret_of
from feedback.models import Respondent, Survey
from tests.cast import SignIn
from tests.rest import Rest
from workspaces.models import AuditEntry, Job, User


def address(name: str, survey: Survey) -> str:
    return reverse(name, args=[survey.workspace.slug, survey.pk])


def upload(client: Client, survey: Survey, content: str | bytes, **more: str) -> Any:
    file = SimpleUploadedFile("crm.csv", content.encode() if isinstance(content, str) else content)
    return client.post(address("survey_links_file", survey), {"file": file, **more})


def test_a_link_is_made_for_one(survey: Survey, edda: User, sign_in: SignIn, client: Client) -> None:
    sent = {"reference": " K-1001 ", "until": "2199-12-31"}
    page = sign_in(edda).post(address("survey_links", survey), sent).content.decode()
    url = f"{survey.url}?r=K-1001&amp;u=2199-12-31&amp;s="
    made = page.partition(f'id="made">{url}')[2].partition("<")[0]
    assert len(made) == 64
    query = url.partition("?")[2].replace("&amp;", "&") + made
    assert "Question 1 of 3" in client.get(f"/q/{survey.key}/?{query}").content.decode()
    assert not Respondent.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"reference": ""}, "This field is required"),
        ({"reference": "a\tb"}, "is no customer number"),
        ({"reference": "x" * 121}, "at most 120 characters"),
        ({"reference": "K-1", "until": "2020-01-01"}, "This day has passed"),
    ],
)
def test_what_can_be_no_link_is_refused(
    survey: Survey, edda: User, sign_in: SignIn, sent: dict[str, str], said: str
) -> None:
    answer = sign_in(edda).post(address("survey_links", survey), sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_file_comes_back_with_the_links(survey: Survey, edda: User, sign_in: SignIn) -> None:
    answer = upload(sign_in(edda), survey, "Kunde;Name\nK-1001;Mara\n0042;=1+1\n")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="on-the-way-links.csv"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))) == [
        ["Kunde", "Name", "Link"],
        ["K-1001", "Mara", link_to(survey, "K-1001")],
        ["0042", "'=1+1", link_to(survey, "0042")],
    ]
    assert not Respondent.objects.exists()
    assert not Job.objects.exists()


def test_a_file_is_refused_whole(survey: Survey, edda: User, sign_in: SignIn) -> None:
    client = sign_in(edda)
    files: list[tuple[str | bytes, str]] = [
        (f"Kunde\nK-1\n{'x' * 121}\n", "Row 3:"),
        ("Kunde,Name\nK-1,Mara\n,Lea\n", "Row 3:"),
        ("Kunde\n" + "".join(f"K-{number}\n" for number in range(10_001)), "more than 10000 lines"),
        ("", "The file is empty"),
        (b"PK\x03\x04nothing", "damaged"),
    ]
    for content, said in files:
        answer = upload(client, survey, content)
        assert answer.status_code == 422
        assert said in answer.content.decode()


def test_the_secret_is_told_to_editors_and_changes_when_they_want(
    survey: Survey, edda: User, vik: User, sign_in: SignIn
) -> None:
    editor, secret = sign_in(edda), secret_of(survey)
    page = editor.get(address("survey_links", survey))
    assert f'id="secret">{secret}<' in page.content.decode()
    assert page.headers["Cache-Control"] == "private, no-store"
    assert sign_in(vik).get(address("survey_links", survey)).status_code == 403
    assert "Personal links" not in sign_in(vik).get(address("survey", survey)).content.decode()
    editor.post(address("survey_secret", survey), {"after": str(survey.secret_number)})
    survey.refresh_from_db()
    assert secret not in editor.get(address("survey_links", survey)).content.decode()
    assert AuditEntry.objects.filter(verb="survey.roll_secret").count() == 1
    for nonsense in ("", "x", "1", "99999999999"):
        editor.post(address("survey_secret", survey), {"after": nonsense})
    assert survey.secret_number == Survey.objects.get().secret_number


def test_a_program_is_told_links(survey: Survey, tess: Client) -> None:
    answer = Rest(tess).post(f"surveys/{survey.pk}/links/", {"references": ["K-1001", "ü & 2"]})
    assert answer.status_code == 200
    assert answer.json() == {"links": [{"reference": one, "url": link_to(survey, one)} for one in ("K-1001", "ü & 2")]}
    for body, status in [
        ({"references": []}, 400),
        ({"references": ["x" * 121]}, 400),
        ({"references": [1]}, 400),
        ({"references": ["K"] * 1001}, 400),
        ({"references": ["a\nb"]}, 422),
        ({"references": ["K"], "until": "2020-01-01"}, 422),
    ]:
        assert Rest(tess).post(f"surveys/{survey.pk}/links/", body).status_code == status


@pytest.mark.parametrize("days", [0, 366, -1])
def test_the_rest_is_between_a_day_and_a_year(survey: Survey, tess: Client, days: int) -> None:
    rest, facts = Rest(tess), {"version": survey.version}
    assert rest.patch(f"surveys/{survey.pk}/", {"cooldown": days, **facts}).status_code == 400
    assert rest.patch(f"surveys/{survey.pk}/", {"cooldown": 365, **facts}).json()["cooldown"] == 365
