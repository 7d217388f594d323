"""The forms of what members write down for customers."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from feedback.actions.by_hand import Entry
from feedback.models import LONGEST_TEXT, Severity, new_key
from feedback.models.survey import KEY
from feedback.steps import FACES, USUAL, Step
from touchpoints.models import Channel, Touchpoint
from workspaces import clock
from workspaces.editing import DayInput
from workspaces.models import EARLIEST

PLACES = ("Google", "Google Play", "App Store", "Trustpilot", "Tripadvisor", "Booking.com", "Facebook")
COMPLAINT = "complaint"
SAID = (*(str(value) for value in range(5, 0, -1)), COMPLAINT)


class Keyed(forms.Form):
    """A form with a key of its own, by which it is stored once however often it is sent."""

    key = forms.CharField(widget=forms.HiddenInput, validators=[RegexValidator(rf"\A{KEY.pattern}\Z")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = new_key


class CounterForm(Keyed):
    """What a customer said at a counter: how satisfied, or how bad it is what they complain of."""

    said = forms.ChoiceField(
        label=_("What the customer said"),
        choices=[(one, one) for one in SAID],
        error_messages={"required": _("Tap what the customer said.")},
    )
    severity = forms.TypedChoiceField(
        label=_("How bad is it?"), choices=Severity.choices, coerce=int, empty_value=None, required=False
    )
    channel = forms.ModelChoiceField(Channel.objects.none(), label=_("Channel"), required=False)
    text = forms.CharField(label=_("In their words"), max_length=LONGEST_TEXT, required=False)

    def __init__(self, *args: Any, touchpoint: Touchpoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["channel"].queryset = Channel.objects.of(touchpoint.workspace).kept().by_name()
        fields["channel"].initial = touchpoint.channel_id
        fields["channel"].widget.attrs["class"] = "input"

    @property
    def steps(self) -> list[Step]:
        """How satisfied somebody may be, the best first, each with its face."""
        words = USUAL["csat5"]
        return [Step(value, words[value - 1], FACES[value - 1]) for value in range(5, 0, -1)]

    def clean(self) -> dict[str, Any]:
        """A complaint has a severity; of the satisfied none is asked."""
        data = self.cleaned_data
        if data.get("said") == COMPLAINT and not data.get("severity"):
            self.add_error("severity", _("Tap how bad it is."))
        return data

    def entry(self) -> Entry:
        """What was said, as it is stored."""
        data = self.cleaned_data
        channel = data["channel"].pk if data["channel"] else None
        if data["said"] == COMPLAINT:
            return Entry(severity=data["severity"], text=data["text"], channel=channel)
        return Entry(satisfaction=int(data["said"]), text=data["text"], channel=channel)


class RatingForm(Keyed):
    """A rating or review that was published somewhere."""

    places = PLACES
    source = forms.CharField(label=_("Where it was published"), max_length=80, help_text=_("for example Google"))
    stars = forms.TypedChoiceField(
        label=_("Stars"), coerce=int, widget=forms.RadioSelect,
        choices=[(5, _("5, best")), (4, "4"), (3, "3"), (2, "2"), (1, _("1, worst"))],
    )  # fmt: skip
    text = forms.CharField(
        label=_("Review"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What they wrote, without their name."),
    )
    day = forms.DateField(label=_("Day"), widget=DayInput)

    def __init__(self, *args: Any, touchpoint: Touchpoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = clock.today(touchpoint.workspace.zone)
        fields: Any = self.fields
        fields["source"].widget.attrs |= {"list": "places", "autocomplete": "off"}
        fields["day"].initial = self.today

    def clean_day(self) -> object:
        """No day that is still to come."""
        day = self.cleaned_data["day"]
        if not EARLIEST <= day <= self.today:
            raise forms.ValidationError(_("This day is out of reach."))
        return day
