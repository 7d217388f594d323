"""The sample remembers how its health was; what it remembers and what it shows agree, on whichever day it is loaded."""

import datetime

import pytest
from django.db import connection

from feedback.actions.recount import differences
from journeys.sample.load import load_sample
from workspaces import clock
from workspaces.models import User

MONDAY = datetime.datetime(2026, 11, 30, 11, tzinfo=datetime.UTC)  # the day before is remembered


def test_on_a_monday_every_score_equals_a_count_from_scratch(olga: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    sample = load_sample(language="en", by=olga)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself in time; its plans for empty tables take minutes
    assert list(differences(sample)) == []
