"""Cost and benefit by a plain form: amounts and percent arrive exactly, empty is unknown, empty rows are left out."""

from decimal import Decimal

import pytest
from django.utils import translation

from measures.actions import cost_measure
from tests.measures.conftest import COSTS, a_benefit

KEEPS = {
    "kind": "retention",
    "count": "900",
    "each": "120.5",
    "base": "80.1",
    "low": "0.1",
    "likely": "2.5",
    "high": "3.25",
}
PAYS = {"kind": "typed", "low": "100", "likely": "500.55", "high": "600", "reason": "The vendor's offer"}


@pytest.fixture
def address(workspace, measure):
    return f"/w/{workspace.slug}/measures/{measure.pk}/cost/"


def a_form(*rows, version=1, **costs):
    """What the form sends: costs, and a row for each benefit."""
    sent = {"once": "1000", "yearly": "0", "years": "3", "points": "8.5", "version": str(version), **costs}
    sent |= {"benefits-TOTAL_FORMS": str(len(rows)), "benefits-INITIAL_FORMS": "0"}
    return sent | {f"benefits-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}


def test_amounts_and_percent_arrive_exactly(address, measure, edda, sign_in):
    assert sign_in(edda).post(address, a_form(KEEPS, PAYS, {}, once="1000.05")).status_code == 302
    measure.refresh_from_db()
    assert (measure.once, measure.yearly, measure.points) == (100_005, 0, Decimal("8.5"))
    keeps, pays = measure.benefits.all()
    assert (keeps.count, keeps.each, keeps.base) == (900, 12_050, Decimal("0.801"))
    assert (keeps.low, keeps.likely, keeps.high) == (Decimal("0.001"), Decimal("0.025"), Decimal("0.0325"))
    assert (pays.count, pays.each, pays.low, pays.likely) == (0, 0, 10_000, 50_055)


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_form_shows_what_was_said_and_two_empty_rows(address, measure, edda, sign_in, language):
    client = sign_in(edda)
    client.post(address, a_form(KEEPS, PAYS))
    edda.language = language
    edda.save()
    with translation.override(language):
        page = client.get(address)
    rows = page.context["rows"].forms
    assert len(rows) == 4
    assert all(f'value="{value}"' in page.content.decode() for value in ("120.5", "80.1", "0.1", "2.5", "500.55"))


def test_what_the_form_shows_it_takes_back_unchanged(address, measure, edda, sign_in):
    client = sign_in(edda)
    client.post(address, a_form(KEEPS, PAYS))
    page = client.get(address)
    form, rows = page.context["form"], page.context["rows"]
    sent = {field.html_name: field.value() for field in form} | {
        field.html_name: field.value() for row in rows for field in row
    }
    sent |= {"benefits-TOTAL_FORMS": 4, "benefits-INITIAL_FORMS": 2}
    assert client.post(address, {name: "" if value is None else value for name, value in sent.items()}).url
    measure.refresh_from_db()
    assert measure.version == 2  # nothing was news


def test_two_are_added_and_one_removed_without_a_script(address, measure, edda, sign_in):
    client = sign_in(edda)
    client.post(address, a_form(KEEPS))
    answer = client.post(address, a_form({**KEEPS, "kind": ""}, PAYS, {**PAYS, "reason": "Another"}, {}, version=2))
    assert answer.status_code == 302
    assert [one.reason for one in measure.benefits.all()] == ["The vendor's offer", "Another"]
    emptied = dict.fromkeys(PAYS, "") | {"kind": "typed"}
    assert client.post(address, a_form(PAYS, emptied, version=3)).status_code == 302
    assert measure.benefits.count() == 1


def test_empty_is_unknown_and_not_nothing(address, measure, edda, sign_in):
    assert sign_in(edda).post(address, a_form(PAYS, once="", yearly="", points="")).status_code == 302
    measure.refresh_from_db()
    assert (measure.once, measure.yearly, measure.points, measure.is_costed) == (None, None, None, False)
    page = sign_in(edda).get(address.removesuffix("cost/")).content.decode()
    assert "What it costs is unknown" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {**KEEPS, "low": "3"},
        {**KEEPS, "high": "101"},
        {**KEEPS, "base": "100"},
        {**KEEPS, "likely": ""},
        {**KEEPS, "each": ""},
        {**KEEPS, "count": "-1"},
        {**KEEPS, "low": "0.001"},
        {**PAYS, "reason": ""},
        {**PAYS, "high": "1e12"},
        {**PAYS, "kind": "luck"},
    ],
    ids=[
        "descends",
        "above all",
        "all stay",
        "no effect",
        "no margin",
        "negative",
        "too fine",
        "no reason",
        "out of reach",
        "luck",
    ],
)
def test_what_cannot_be_is_told_beside_the_field(address, measure, edda, sign_in, wrong):
    answer = sign_in(edda).post(address, a_form(wrong))
    assert (answer.status_code, "field-error" in answer.content.decode()) == (422, True)
    measure.refresh_from_db()
    assert (measure.version, measure.benefits.count()) == (1, 0)


def test_without_rows_at_all_it_is_refused(address, edda, sign_in):
    assert sign_in(edda).post(address, {"once": "1", "years": "3", "version": "1"}).status_code == 422


def test_who_was_slower_sees_both(address, measure, edda, sign_in):
    cost_measure(measure, version=1, benefits=[a_benefit(reason="An estimate of mine")], **COSTS, by=edda)
    answer = sign_in(edda).post(address, a_form(PAYS, once="77"))
    told = answer.content.decode()
    assert (answer.status_code, "An estimate of mine" in told, 'value="77"' in told) == (409, True, True)
    assert sign_in(edda).post(address, a_form(PAYS, once="77", version=2)).status_code == 302


def test_what_was_assessed_keeps_cost_and_benefit(address, measure, edda, sign_in):
    client = sign_in(edda)
    client.post(address, a_form(PAYS))
    client.post(address.replace("cost", "move"), {"to": "assessed", "version": 2})
    answer = client.post(address, a_form({}, version=3))
    assert (answer.status_code, "costs and brings first" in answer.content.decode()) == (422, True)
