"""What people may say about where a touchpoint stands. Each form admits only rows of its own journey."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.actions.quick_add import MOST_LINES
from journeys.models import Journey, Phase, Placement
from touchpoints.models import Touchpoint
from workspaces.editing import ask_version


class PlaceForm(forms.Form):
    """A place on a journey: a phase, and the touchpoint it follows there, or nothing for the first."""

    phase = forms.TypedChoiceField(
        label=_("phase"),
        choices=(),
        error_messages={"invalid_choice": _("This phase is not part of this journey.")},
    )
    after = forms.ModelChoiceField(
        Placement.objects.none(),
        label=_("after"),
        required=False,
        empty_label=_("first in the phase"),
        error_messages={"invalid_choice": _("The touchpoint that it was to follow is not on this journey.")},
    )

    def __init__(self, *args: Any, journey: Journey, phases: list[Phase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {str(phase.pk): phase for phase in phases}
        self.fields["phase"].choices = [(key, str(phase)) for key, phase in named.items()]  # type: ignore[attr-defined]
        self.fields["phase"].coerce = named.__getitem__  # type: ignore[attr-defined]
        # One that was taken off the map meanwhile is admitted: the action says so, and whose doing it was.
        self.placements = Placement.objects.of(journey.workspace).filter(journey=journey).select_related("touchpoint")
        self.fields["after"].queryset = self.placements  # type: ignore[attr-defined]

    def clean_after(self) -> Placement | None:
        """Whom it is to follow. A form that does not name `after` at all means the end of the phase."""
        after: Placement | None = self.cleaned_data["after"]
        phase = self.cleaned_data.get("phase")
        if "after" not in self.data and phase is not None:
            after = self.placements.kept().filter(phase=phase).order_by("-position").first()
        return after


class MoveForm(PlaceForm):
    """To where a touchpoint moves, and the version of its placement that the person saw."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class LibraryForm(PlaceForm):
    """Where a touchpoint of the library is to stand."""

    touchpoint = forms.ModelChoiceField(
        Touchpoint.objects.none(),
        label=_("touchpoint"),
        error_messages={"invalid_choice": _("This touchpoint is not in the library.")},
    )

    def __init__(self, *args: Any, journey: Journey, **kwargs: Any) -> None:
        super().__init__(*args, journey=journey, **kwargs)
        self.fields["touchpoint"].queryset = Touchpoint.objects.of(journey.workspace)  # type: ignore[attr-defined]


class QuickAddForm(PlaceForm):
    """A new touchpoint in one line: `Name @channel #owner *`."""

    text = forms.CharField(label=_("touchpoint"), max_length=500)


class LinesForm(PlaceForm):
    """Several new touchpoints, one in each line."""

    text = forms.CharField(
        label=_("one touchpoint a line"),
        max_length=MOST_LINES * 500,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Name @channel #owner *"),
    )

    def clean_text(self) -> str:
        """Not more lines than one step adds."""
        text: str = self.cleaned_data["text"]
        if len(lines_of(text)) > MOST_LINES:
            raise forms.ValidationError(_("At most %(number)d lines can be added at once.") % {"number": MOST_LINES})
        return text


def lines_of(text: str) -> list[str]:
    """The lines that say something."""
    return [line for line in map(str.strip, text.splitlines()) if line]


class PlacementForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is particular to a touchpoint on this map."""

    class Meta:
        model = Placement
        fields = [
            "customer_action", "quote", "expectation", "assumed_emotion", "moment_of_truth", "share",
            "alternative_group", "backstage",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_version(self)


class NameForm(forms.Form):
    """What a touchpoint is to be called, and the version of it that the person saw."""

    name = forms.CharField(label=_("name"), max_length=200)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class LabelForm(forms.Form):
    """The team's own name for a phase, blank for the usual one, and the version that the person saw."""

    label = forms.CharField(label=_("label"), max_length=80, required=False)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
