"""The pages that must work when little else does, and the partials that every page shares."""

import re
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from workspaces.templatetags.look import distribution, icon

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture(autouse=True)
def static_files_as_they_are(settings: Any) -> None:
    """No collected manifest is needed to render a page here."""
    storage = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": storage}


class Sample(forms.Form):
    name = forms.CharField(help_text="as customers call it")
    note = forms.CharField(required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agree = forms.BooleanField()
    version = forms.IntegerField(widget=forms.HiddenInput)


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_error_pages_need_no_context(name: str, language: str) -> None:
    with translation.override(language):
        page = render_to_string(f"{name}.html")
    assert f'<html lang="{language}"' in page
    assert re.search(r"<h1>\w.*</h1>", page)
    assert 'href="/"' in page


def test_403_says_why() -> None:
    assert "Only owners may." in render_to_string("403.html", {"exception": "Only owners may."})


def test_live_regions_are_there_from_the_start() -> None:
    page = render_to_string("base.html")
    assert re.search(r'id="announcements"[^>]*aria-live="polite"', page)
    assert re.search(r'id="alerts"[^>]*aria-live="assertive"', page)
    assert re.search(r'id="toasts"[^>]*aria-live="polite"', page)


def test_csrf_token_is_inherited_by_htmx() -> None:
    assert 'hx-headers:inherited=\'{"X-CSRFToken"' in render_to_string("base.html")


def test_form_names_what_is_wrong_above_and_beside_the_field() -> None:
    form = Sample({"version": "1", "kind": "a", "agree": "on"})
    page = render_to_string("_form.html", {"form": form})
    assert '<a href="#id_name">Name: This field is required.</a>' in page
    assert 'id="id_name_error"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'aria-invalid="true"' in page
    assert page.count('role="alert"') == 1


def test_untouched_form_shows_no_error() -> None:
    page = render_to_string("_form.html", {"form": Sample()})
    assert "error-summary" not in page
    assert page.count("<legend") == 1
    assert page.count("optional") == 2  # word and class of the one optional field


def test_pagination_keeps_the_other_parameters(rf: RequestFactory) -> None:
    page = Paginator(range(50), 20).page(2)
    nav = render_to_string("_pagination.html", {"page": page}, request=rf.get("/", {"channel": "7", "page": "2"}))
    assert 'rel="prev" href="?channel=7&amp;page=1"' in nav
    assert 'rel="next" href="?channel=7&amp;page=3"' in nav
    assert "Page 2 of 3" in nav


def test_one_page_needs_no_pagination() -> None:
    assert "<nav" not in render_to_string("_pagination.html", {"page": Paginator(range(5), 20).page(1)})


def test_icons_of_templates_exist() -> None:
    names = {name for path in TEMPLATES.rglob("*.html") for name in re.findall(r'{% icon "([^"]+)"', path.read_text())}
    assert names
    for name in names:
        assert icon(name).startswith("<svg")


def test_an_unknown_icon_from_data_falls_back() -> None:
    assert icon("no-such-icon", fallback="circle-dot") == icon("circle-dot")


def test_distribution_shares_the_width() -> None:
    bar = distribution({"good": 3, "critical": 1, "unknown": 0})
    assert re.findall(r'data-band="(\w+)" x="([\d.]+)%" width="([\d.]+)%"', bar) == [
        ("critical", "0.0", "25.0"),
        ("good", "25.0", "75.0"),
    ]
    assert 'aria-label="1 Critical, 3 Good"' in bar


def test_distribution_of_nothing_is_empty() -> None:
    assert "<rect" not in distribution({})


@pytest.mark.parametrize(("band", "word"), [("critical", "Kritisch"), ("", "Keine Daten")])
def test_a_band_is_a_word_in_the_persons_language(band: str, word: str) -> None:
    with translation.override("de"):
        assert word in render_to_string("_band.html", {"band": band, "score": 34})
