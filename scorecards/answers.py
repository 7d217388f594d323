"""The answers about a touchpoint, and what was counted there: the single rows of which its days are made."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from feedback.actions.heard import answers_naming
from feedback.attributes import with_attributes
from feedback.models import LATEST_FIRST, LIVING, HeardPersona, Response, Theme, UsageDay
from feedback.sources import labels_of
from personas.models import Persona
from scorecards.templatetags.figures import scale_range
from touchpoints.health.figures import FEWEST_SHOWN
from touchpoints.health.metrics import SCALES, Metric, Scale
from touchpoints.models import DailyCell, Touchpoint
from touchpoints.templatetags.alarms import metric_word
from workspaces.models import EARLIEST, LATEST

MOST_LISTED = 2_000  # the latest answers; among millions, to skip more takes seconds
NOBODY = "none"  # the persona of those of whom it is not known
MOST_COUNTS = 50  # the latest counts of complaints beside single ones
MOST_NAMED = 5  # of those who count complaints
USED = {Metric.CONTACT, Metric.VISIT}


class AnswersForm(forms.Form):
    """Which answers are looked for: of a day, on a scale (by its key), of a persona or of those without, of a theme.

    What cannot be read is said, and left out.
    """

    day = forms.DateField(label=_("Day"), required=False)
    scale = forms.ChoiceField(label=_("Question"), required=False)
    persona = forms.ChoiceField(label=_("Persona"), required=False)
    theme = forms.ModelChoiceField(Theme.objects.none(), label=_("Theme"), required=False, empty_label=_("any"))

    def __init__(self, data: object, *, touchpoint: Touchpoint) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        personas = Persona.objects.of(touchpoint.workspace).order_by("name", "pk")
        self.personas = {str(persona.pk): persona for persona in personas}
        fields: dict[str, Any] = self.fields
        asked = [(scale.key, f"{metric_word(scale.metric)} {scale_range(scale)}") for scale in SCALES]
        fields["scale"].choices = [("", _("all answers")), *asked]
        known = [(pk, str(persona)) for pk, persona in self.personas.items()]
        fields["persona"].choices = [("", _("everybody")), *known, (NOBODY, _("not known"))]
        themes = Theme.objects.of(touchpoint.workspace).filter(touchpoint=touchpoint)
        fields["theme"].queryset = themes.filter(state__in=LIVING)
        fields["day"].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        for field in fields.values():
            field.widget.attrs["class"] = "input"
        self.full_clean()

    def clean_day(self) -> object:
        """A day that answers can have."""
        day = self.cleaned_data["day"]
        if day and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("This day is out of reach."))
        return day

    @property
    def chosen(self) -> Scale | None:
        """The scale that was asked for."""
        key = self.cleaned_data.get("scale")
        return next((scale for scale in SCALES if scale.key == key), None)

    @property
    def is_used(self) -> bool:
        """Whether it is about what was counted without asking."""
        return self.chosen is not None and self.chosen.metric in USED

    def of(self, rows: QuerySet[Any], **paths: str) -> QuerySet[Any]:
        """The rows of that day and persona, whose look-ups are named by `paths`."""
        day, persona = self.cleaned_data.get("day"), self.cleaned_data.get("persona")
        if day:
            rows = rows.filter(**{paths["day"]: day})
        if persona:
            rows = rows.filter(**{paths["persona"]: None if persona == NOBODY else self.personas[persona]})
        return rows

    @property
    def is_nobodys(self) -> bool:
        """Whether what is counted as no persona's is looked for."""
        return bool(self.cleaned_data.get("persona") == NOBODY)


def answers_of(touchpoint: Touchpoint, form: AnswersForm) -> list[int]:
    """The answers that are looked for, by their ids, the latest first and at most one more than are listed.

    They are found once, for their count and for every page of them.
    """
    said = latest_first(touchpoint).filter(removed_at=None)
    if form.chosen:
        said = said.filter(metric=form.chosen.metric.value, scale=form.chosen.code)
    if theme := form.cleaned_data.get("theme"):
        said = said.filter(pk__in=answers_naming(theme))
    found = form.of(
        _counted(said), day="submission__day", persona="counted" if form.is_nobodys else "submission__persona"
    )
    return list(found.values_list("pk", flat=True)[: MOST_LISTED + 1])


def _counted(said: QuerySet[Response]) -> QuerySet[Response]:
    """With the persona as whose own each is `counted`: none where fewer than five of its people answered here."""
    own = HeardPersona.objects.filter(persona=OuterRef("submission__persona"), subject=OuterRef("subject"))
    own = own.filter(witnesses__len=FEWEST_SHOWN)
    return said.annotate(counted=Subquery(own.values("persona")))


def told(answers: Sequence[int]) -> list[Response]:
    """These answers, in this order, with what a list tells of each: one statement."""
    rows = Response.objects.select_related("submission__persona", "submission__channel", "case")
    by_id = with_attributes(rows).in_bulk(answers)
    return [by_id[pk] for pk in answers if pk in by_id]


def latest_first(touchpoint: Touchpoint) -> QuerySet[Response]:
    """What was answered about a touchpoint, the latest experience first.

    The order and the conditions are those of an index of the workspace's questionnaires: with very many answers the
    first ones are found without sorting all of them.
    """
    here = Response.objects.filter(subject=touchpoint.subject_id, submission__workspace=touchpoint.workspace)
    rows = here.filter(submission__source__gt="")
    return rows.order_by(*LATEST_FIRST)


def usage_of(touchpoint: Touchpoint, form: AnswersForm) -> QuerySet[UsageDay]:
    """What each source counted, the latest first."""
    counted = UsageDay.objects.of(touchpoint.workspace).filter(subject=touchpoint.subject_id)
    found = form.of(counted, day="day", persona="persona")
    return found.select_related("persona").order_by("-day", "source", "persona__name")


class Complaints(NamedTuple):
    """Complaints that sources only count: how many, by whom (the first of them by name), and the latest counts."""

    number: int
    sources: list[str]
    latest: list[UsageDay]
    is_cut_off: bool


def counted_complaints(touchpoint: Touchpoint, form: AnswersForm) -> Complaints | None:
    """What stands beside the single complaints that are looked for; None where nothing does, or for a theme."""
    if form.chosen is None or form.chosen.metric is not Metric.COMPLAINT or form.cleaned_data.get("theme"):
        return None
    counted = usage_of(touchpoint, form).filter(complaints__gt=0)
    by_source = counted.order_by("source").values_list("source").annotate(number=Sum("complaints"))
    numbers = dict(by_source)
    if not numbers:
        return None
    labels = labels_of(touchpoint.workspace, numbers)
    names = [labels[name][0] for name in numbers]
    if len(names) > MOST_NAMED:
        names = [*names[:MOST_NAMED], "…"]
    latest = list(counted[: MOST_COUNTS + 1])
    return Complaints(sum(numbers.values()), names, latest[:MOST_COUNTS], len(latest) > MOST_COUNTS)


def counted_by_day(touchpoint: Touchpoint, form: AnswersForm) -> int | None:
    """How many of the answers that are looked for the daily counts hold; None where no question, or a theme, is."""
    if form.chosen is None or form.cleaned_data.get("theme"):
        return None
    cells = DailyCell.objects.filter(subject=touchpoint.subject_id)
    cells = cells.filter(metric=form.chosen.metric.value, scale=form.chosen.code)
    return sum(sum(counts) for counts in form.of(cells, day="day", persona="persona").values_list("counts", flat=True))
