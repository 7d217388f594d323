"""The form of what a review compares with."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from measures.models import Review
from touchpoints.models import Touchpoint


class ControlsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Touchpoints to compare with; the instance is the review, whose measure's own are not offered."""

    touchpoints = forms.ModelMultipleChoiceField(
        label=_("Compare with"),
        queryset=Touchpoint.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("at which nothing was done in that time"),
    )

    class Meta:
        model = Review
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        review = self.instance
        chosen = list(review.controls.values_list("pk", flat=True))
        own = review.measure.touchpoints.values("pk")
        kept = Touchpoint.objects.of(review.workspace).filter(Q(archived_at=None) | Q(pk__in=chosen))
        self.fields["touchpoints"].queryset = kept.exclude(pk__in=own).by_name()  # type: ignore[attr-defined]
        self.initial["touchpoints"] = chosen
