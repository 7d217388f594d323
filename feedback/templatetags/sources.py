"""What sources are called, and how much they tell, in words and marks."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.actions.troubles import words_for
from feedback.models import Survey
from feedback.sources import OF_SURVEY, Volume, usual_name
from workspaces.models import Workspace

register = template.Library()


@register.simple_tag(takes_context=True)
def source_name(context: Context, source: str) -> str:
    """Return what people call a source: a survey by its name."""
    return _named(context, source)[0]


@register.simple_tag(takes_context=True)
def source_link(context: Context, source: str) -> SafeString:
    """Return its name as a link: to the survey, or to the page of the source."""
    label, survey = _named(context, source)
    slug = context["workspace"].slug
    url = reverse("survey", args=[slug, survey]) if survey else source_url(context["workspace"], source)
    return format_html('<a href="{}">{}</a>', url, label)


@register.filter
def source_url(workspace: Workspace, source: str) -> str:
    """Return the address of a source's page. Its name may hold anything, so it is no part of the path."""
    return f"{reverse('source', args=[workspace.slug])}?{urlencode({'name': source})}"


register.filter("trouble_words", words_for)


@register.simple_tag
def volume_words(volume: Volume, weeks: list[Any]) -> str:
    """Return what the bars show, for those who do not see them."""
    told = ", ".join(str(week.times) for week in weeks)
    return _("By week, the last %(weeks)s: %(told)s") % {"weeks": len(weeks), "told": told}


@register.simple_tag
def told_lately(volume: Volume, days: int, kind: str) -> str:
    """Return how much was told on the last days: “more than 5,000 questionnaires”."""
    number = volume.of_last(days)
    if kind == "used":
        said = ngettext("%(number)s contact, visit or complaint", "%(number)s contacts, visits and complaints", number)
    else:
        said = ngettext("%(number)s questionnaire", "%(number)s questionnaires", number)
    said %= {"number": number_format(number, force_grouping=True)}
    return _("more than %(said)s") % {"said": said} if volume.capped else said


def _named(context: Context, source: str) -> tuple[str, int | None]:
    """Its name and its survey. All surveys are looked up at once, when the first of them is met on a page."""
    found = OF_SURVEY.fullmatch(source)
    if found is None:
        return usual_name(source), None
    request, number = context["request"], int(found[1])
    if not hasattr(request, "survey_names"):
        request.survey_names = dict(Survey.objects.of(context["workspace"]).values_list("pk", "name"))
    names = request.survey_names
    return (names[number], number) if number in names else (source, None)
