"""What is done to several touchpoints of a map at once."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from journeys.actions.bulk import MOST, Seen
from journeys.forms.placements import PlaceForm
from journeys.models import Journey, Phase, Placement
from touchpoints.models import Channel
from workspaces.owners import OwnerField

SEEN = re.compile(r"([1-9]\d{0,17}):([1-9]\d{0,8}):([1-9]\d{0,8})", re.ASCII)


class ChosenField(forms.Field):
    """Placements of a journey as the page showed them: each `ID:VERSION:EDITION`, the last of its touchpoint."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[Seen]:
        """Each of them once."""
        found = [SEEN.fullmatch(one) for one in value or []]
        if not found:
            raise forms.ValidationError(_("Select at least one touchpoint."))
        if None in found or len(found) > MOST:
            raise forms.ValidationError(_("The selection cannot be read. Load the map again."))
        return list({int(one[1]): Seen(int(one[1]), int(one[2]), int(one[3])) for one in found if one}.values())


class ChosenForm(forms.Form):
    """Which touchpoints are meant: of this journey only."""

    placement = ChosenField()

    def __init__(self, *args: Any, journey: Journey, phases: list[Phase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.journey = journey

    def clean_placement(self) -> list[Seen]:
        """None of another journey, or of another workspace."""
        chosen: list[Seen] = self.cleaned_data["placement"]
        ids = [one.placement for one in chosen]
        here = Placement.objects.of(self.journey.workspace).filter(journey=self.journey, pk__in=ids).count()
        if here < len(ids):
            raise forms.ValidationError(_("One of these touchpoints is not on this journey."))
        return chosen


class MoveSeveralForm(PlaceForm):
    """Where they move."""

    placement = ChosenField()
    clean_placement = ChosenForm.clean_placement

    def __init__(self, *args: Any, journey: Journey, phases: list[Phase], **kwargs: Any) -> None:
        super().__init__(*args, journey=journey, phases=phases, **kwargs)
        self.journey = journey


class OwnerForm(ChosenForm):
    """Who is to answer for them."""

    owner = OwnerField(label=pgettext_lazy("responsible", "Owner"))

    def __init__(self, *args: Any, journey: Journey, **kwargs: Any) -> None:
        super().__init__(*args, journey=journey, **kwargs)
        self.fields["owner"].offer(journey.workspace)  # type: ignore[attr-defined]


class ChannelForm(ChosenForm):
    """By what customers reach them."""

    channel = forms.ModelChoiceField(
        Channel.objects.none(), label=gettext_lazy("channel"), required=False, empty_label=gettext_lazy("none")
    )

    def __init__(self, *args: Any, journey: Journey, **kwargs: Any) -> None:
        super().__init__(*args, journey=journey, **kwargs)
        self.fields["channel"].queryset = Channel.objects.of(journey.workspace).kept()  # type: ignore[attr-defined]


FORMS: dict[str, Callable[..., forms.Form]] = {
    "move": MoveSeveralForm,
    "owner": OwnerForm,
    "channel": ChannelForm,
    "archive": ChosenForm,
}
