"""How people like their pages."""

from tests.cast import SignIn
from workspaces.models import User


def test_the_menu_sends_one_thing_and_keeps_the_others(edda: User, sign_in: SignIn) -> None:
    page = sign_in(edda)
    answer = page.post("/preferences/", {"theme": "dark", "next": "/preferences/?from=menu"})
    assert answer.headers["Location"] == "/preferences/?from=menu"
    page.post("/preferences/", {"language": "de"})
    edda.refresh_from_db()
    assert (edda.name, edda.theme, edda.language) == ("Edda", "dark", "de")
    text = page.get("/preferences/").content.decode()
    assert '<html lang="de" data-theme="dark">' in text


def test_next_leads_nowhere_else(edda: User, sign_in: SignIn) -> None:
    answer = sign_in(edda).post("/preferences/", {"theme": "dark", "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/preferences/"


def test_own_name_changes(edda: User, sign_in: SignIn) -> None:
    sign_in(edda).post("/preferences/", {"name": "Edda Neu"})
    edda.refresh_from_db()
    assert edda.name == "Edda Neu"


def test_unknown_choices_are_refused(edda: User, sign_in: SignIn) -> None:
    page = sign_in(edda)
    for choice in ({"theme": "pink"}, {"language": "xx"}, {"name": "n" * 201}):
        assert page.post("/preferences/", choice).status_code == 422
    edda.refresh_from_db()
    assert (edda.theme, edda.language, edda.name) == ("auto", "", "Edda")


def test_rights_are_no_preference(edda: User, sign_in: SignIn) -> None:
    sign_in(edda).post("/preferences/", {"is_staff": "on", "email": "root@example.org", "theme": "dark"})
    edda.refresh_from_db()
    assert (edda.is_staff, edda.email) == (False, "edda@example.org")
