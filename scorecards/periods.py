"""Which days a page speaks of: the last so many, or from one day to another; kept in the address."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from touchpoints.periods import USUAL, Period, last_days
from workspaces.models import EARLIEST, LATEST

LENGTHS = (30, 90, 365)
FARTHEST = 731  # days between two that are compared


class PeriodForm(forms.Form):
    """`days`, or `from` and `to`. What cannot be read is said, and the usual period is shown: `usual` days."""

    days = forms.ChoiceField(label=_("Period"), choices=[(str(days), str(days)) for days in LENGTHS], required=False)

    def __init__(self, data: object, today: datetime.date, usual: int = USUAL) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.today, self.usual = today, usual
        for name, label in (("from", _("From")), ("to", _("To"))):
            self.fields[name] = forms.DateField(label=label, required=False)

    def clean(self) -> dict[str, object]:
        """Both days or none, in their order."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("from"), cleaned.get("to")
        if bool(first) != bool(last) and not self.errors:
            raise forms.ValidationError(_("Give both days, or neither."))
        if first and last and not EARLIEST <= first <= last <= LATEST:
            raise forms.ValidationError(_("The first day must not come after the last."))
        return cleaned

    @property
    def period(self) -> Period:
        """The chosen period, else the usual one."""
        if self.is_valid():
            if self.cleaned_data["from"]:
                return self._from_to(self.cleaned_data["from"], self.cleaned_data["to"])
            if self.cleaned_data["days"]:
                return last_days(int(self.cleaned_data["days"]), self.today)
        return last_days(self.usual, self.today)

    def _from_to(self, first: datetime.date, last: datetime.date) -> Period:
        """The days from one to the other; also named by its length where that is one of those on offer."""
        offered = (last_days(days, self.today) for days in LENGTHS)
        return next((period for period in offered if (period.first, period.last) == (first, last)), Period(first, last))


class AsOfForm(forms.Form):
    """`day`: as of which a score is explained; `since`: with which earlier day it is compared.

    `latest`: the last day of which there is a score. What cannot be read is said, and left out.
    """

    day = forms.DateField(label=_("As of"), required=False)
    since = forms.DateField(label=_("Compared with"), required=False)

    def __init__(self, data: object, latest: datetime.date) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.latest = latest

    def clean_day(self) -> datetime.date | None:
        """A day that has begun."""
        day: datetime.date | None = self.cleaned_data["day"]
        if day and day > self.latest:
            raise forms.ValidationError(_("This day is still to come."))
        if day and day < EARLIEST:
            raise forms.ValidationError(_("This day is out of reach."))
        return day

    def clean(self) -> dict[str, object]:
        """An earlier day to compare with."""
        cleaned = super().clean() or self.cleaned_data
        since = cleaned.get("since")
        if since and not can_compare(since, cleaned.get("day") or self.latest):
            self.add_error("since", _("Compare with an earlier day, at most two years before."))
        return cleaned

    @property
    def chosen(self) -> datetime.date | None:
        """The day that was asked for, if one was and can be."""
        self.full_clean()
        day: datetime.date | None = self.cleaned_data.get("day")
        return day

    def before(self, day: datetime.date) -> datetime.date:
        """The day to compare with: the one that was asked for, else 90 days before."""
        since: datetime.date | None = self.cleaned_data.get("since")
        return since or usually_before(day)


def can_compare(since: datetime.date, day: datetime.date) -> bool:
    """Whether a day can be compared with that earlier one: what came between is counted, and as much before."""
    return EARLIEST <= since < day <= since + datetime.timedelta(days=FARTHEST)


def usually_before(day: datetime.date) -> datetime.date:
    """The day with which a day is usually compared: 90 days before."""
    return max(EARLIEST, day - datetime.timedelta(days=USUAL))
