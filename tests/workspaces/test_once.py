"""A request under a key is done once, however often it is sent."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from personas.models import Persona
from tests.cast import token_client
from tests.rest import Rest
from workspaces.api import once
from workspaces.models import KeptAnswer, Workspace
from workspaces.tasks import KEPT, sweep_expired

MARA = {"name": "Mara"}


@pytest.fixture
def rest(tess: Client) -> Rest:
    return Rest(tess)


def again(program: Client) -> Rest:
    """The same program on a connection of its own."""
    return Rest(Client(headers={"Authorization": program.defaults["HTTP_AUTHORIZATION"]}))


def test_sent_again_it_is_answered_alike_and_done_once(rest: Rest, workspace: Workspace) -> None:
    first, second = (rest.post("personas/", MARA, Idempotency_Key="order-4711/k") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    for name in ("ETag", "Content-Type"):
        assert first.headers[name] == second.headers[name]
    assert ("Idempotency-Replayed" in first.headers, second.headers["Idempotency-Replayed"]) == (False, "true")
    assert Persona.objects.of(workspace).count() == 1


def test_another_request_under_the_same_key_is_refused(rest: Rest, workspace: Workspace) -> None:
    rest.post("personas/", MARA, Idempotency_Key="k")
    for path, body in (("personas/", {"name": "Jonas"}), ("channels/", MARA)):
        assert rest.post(path, body, Idempotency_Key="k").status_code == 422
    assert Persona.objects.of(workspace).count() == 1


def test_a_refused_request_leaves_its_key_free(rest: Rest) -> None:
    assert rest.post("personas/", {"name": ""}, Idempotency_Key="k").status_code == 400
    assert rest.post("personas/", MARA, Idempotency_Key="k").status_code == 201


def test_keys_of_two_tokens_are_two(rest: Rest, workspace: Workspace) -> None:
    other = Rest(token_client(workspace, "write"))
    assert rest.post("personas/", MARA, Idempotency_Key="k").status_code == 201
    assert other.post("personas/", MARA, Idempotency_Key="k").status_code == 409, "the name is taken; nothing replayed"


def test_kept_answers_are_swept_away_after_a_day(rest: Rest, monkeypatch: pytest.MonkeyPatch) -> None:
    rest.post("personas/", MARA, Idempotency_Key="k")
    sweep_expired()
    assert KeptAnswer.objects.count() == 1
    KeptAnswer.objects.update(created_at=KeptAnswer.objects.get().created_at - 2 * KEPT)
    sweep_expired()
    assert KeptAnswer.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one(workspace: Workspace, tess: Client) -> None:
    gate, codes = threading.Barrier(8), []

    def one() -> None:
        try:
            gate.wait()
            codes.append(again(tess).post("personas/", MARA, Idempotency_Key="k").status_code)
        finally:
            connection.close()

    crowd = [threading.Thread(target=one) for _ in range(8)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    assert set(codes) <= {201, 409}
    assert 201 in codes
    assert Persona.objects.of(workspace).count() == 1


@pytest.mark.django_db(transaction=True)
def test_while_the_first_is_under_way_the_second_waits(
    workspace: Workspace, tess: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    keep = once._keep

    def slowly(*given: Any) -> None:
        begun.set()
        go_on.wait(10)
        keep(*given)

    monkeypatch.setattr(once, "_keep", slowly)
    answers: list[Any] = []

    def first() -> None:
        try:
            answers.append(again(tess).post("personas/", MARA, Idempotency_Key="k"))
        finally:
            connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    assert begun.wait(10)
    assert Rest(tess).post("personas/", MARA, Idempotency_Key="k").status_code == 409
    go_on.set()
    thread.join()
    assert answers[0].status_code == 201
    assert Rest(tess).post("personas/", MARA, Idempotency_Key="k").json() == answers[0].json()


def test_what_is_not_kept_is_not_done(rest: Rest, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(*given: Any) -> None:
        raise RuntimeError("the process ends here")

    rest.client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(once, "_keep", dies)
        assert rest.post("personas/", MARA, Idempotency_Key="k").status_code == 500
    assert not Persona.objects.of(workspace).exists()
    assert rest.post("personas/", MARA, Idempotency_Key="k").status_code == 201
