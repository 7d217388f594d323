"""The forms of an import."""

import re
import secrets
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from feedback.actions.imports import beginning, plan_of, profiles_of
from feedback.columns import ABOUT, VALUED, Column, Part, scale_choices
from feedback.columns.dates import ORDERS, read_month
from feedback.files import LARGEST_UPLOAD, Settings, Unreadable, Why
from feedback.files.sniff import DELIMITERS, ENCODINGS
from feedback.models import Mapping
from touchpoints.models import Device
from workspaces.models import Attribute, Job, Workspace
from workspaces.models.owned import EARLIEST, LATEST

DELIMITER_WORDS = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": _("vertical bar")}
NOTHING = "nothing"  # what a form calls the part of a column that plays none
ORDER_WORDS = {"dmy": _("day, month, year"), "mdy": _("month, day, year")}


class UploadForm(forms.Form):
    """A file. `key` makes one draft of a form that is sent twice; `about` is the subject at which it began."""

    file = forms.FileField(label=_("File"), allow_empty_file=True, max_length=200)
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)
    about = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = secrets.token_urlsafe(16)
        self.fields["file"].widget.attrs |= {"accept": ".csv,.tsv,.txt,.xlsx", "data-limit": LARGEST_UPLOAD}

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise ValidationError(Unreadable(Why.TOO_LARGE, limit=LARGEST_UPLOAD // 1024**2).message)
        return file


class UsageForm(UploadForm):
    """A file that counts how often touchpoints were used, and who counted."""

    source = forms.CharField(label=_("Who counts"), max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].help_text = _(
            "Such as a till or a web analysis. What it counts of a day takes the place of what it told of that day "
            "before; the counts of several sources add up. A column “source” in the file goes first."
        )
        del self.fields["about"]


class FileForm(forms.Form):
    """How the file is to be read."""

    encoding = forms.ChoiceField(label=_("Encoding"), choices=[(name, name.upper()) for name in ENCODINGS])
    delimiter = forms.ChoiceField(label=_("Separator"), choices=[(sign, DELIMITER_WORDS[sign]) for sign in DELIMITERS])
    sheet = forms.ChoiceField(label=_("Sheet"))
    header = forms.IntegerField(
        label=_("Row with the names of the columns"), min_value=0, max_value=100, help_text=_("0 where there is none")
    )
    first = forms.IntegerField(
        label=_("First row with answers"),
        min_value=1,
        max_value=200,
        help_text=_("rows between the names and it are headings, too: the first holds what was asked"),
    )

    def __init__(self, *args: Any, settings: Settings, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": settings.as_json(), **kwargs})
        self.settings = settings
        unused = ("encoding", "delimiter") if settings.kind == "xlsx" else ("sheet",)
        for name in unused:
            del self.fields[name]
        if "sheet" in self.fields:
            self.fields["sheet"].choices = [(name, name) for name in settings.sheets]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Answers stand below the names."""
        data = self.cleaned_data
        if data.get("header") is not None and data.get("first") is not None and data["first"] <= data["header"]:
            self.add_error("first", _("It must be below the names of the columns."))
        return data

    def chosen(self) -> Settings:
        """The settings as corrected."""
        return replace(self.settings, **self.cleaned_data)


class ColumnForm(forms.Form):
    """The part that some columns play."""

    columns = forms.MultipleChoiceField(error_messages={"required": _("Tick at least one column.")})
    part = forms.ChoiceField(
        label=_("These columns are"), choices=[(value or NOTHING, label) for value, label in Part.choices]
    )
    scale = forms.ChoiceField(label=_("Scale"), choices=scale_choices)
    about = forms.ChoiceField(label=_("About"))
    touchpoint = forms.CharField(label=_("Touchpoint"), max_length=200, required=False)
    guess = forms.BooleanField(label=_("find codes for “no answer”"), required=False)
    blanks = forms.CharField(label=_("Codes for “no answer”"), max_length=500, required=False)
    of = forms.ChoiceField(label=_("Comment on"), required=False)
    attribute = forms.ChoiceField(label=_("Attribute"), required=False)

    def __init__(self, *args: Any, job: Job, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "apply_%s", **kwargs})
        self.names = [found.name for found in profiles_of(job)]
        questions = plan_of(job).columns_of(Part.QUESTION)
        abouts = [(ABOUT.TOUCHPOINT.value, _("a touchpoint")), (ABOUT.WORKSPACE.value, _("the whole relationship"))]
        if beginning(job) == ABOUT.JOURNEY:
            abouts.append((ABOUT.JOURNEY.value, _("the journey you came from")))
        self._offer("columns", [(str(index), name) for index, name in enumerate(self.names)])
        self._offer("about", abouts)
        self.attributes = dict(Attribute.objects.of(job.workspace).kept().values_list("key", "name"))
        self._offer("attribute", [("", _("new: called like its column")), *self.attributes.items()])
        self._offer("of", [("", _("the question before it")), *((name, name) for name in questions)])
        self.fields["touchpoint"].widget.attrs |= {"list": "touchpoint-names", "autocomplete": "off"}
        self.fields["touchpoint"].help_text = _("Empty: one for each column, called like it")
        self.fields["blanks"].help_text = _("Separated by commas")

    def _offer(self, field: str, choices: list[Any]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One column tells of an attribute."""
        data = self.cleaned_data
        if data.get("part") == Part.ATTRIBUTE and data.get("attribute") and len(data.get("columns", ())) > 1:
            self.add_error("attribute", _("One column tells of an attribute: tick that one."))
        return data

    def chosen(self) -> tuple[list[str], Column]:
        """The names of the columns, and the part they are to play."""
        data = self.cleaned_data
        names = [self.names[int(index)] for index in data["columns"]]
        part = Part.IGNORE if data["part"] == NOTHING else Part(data["part"])
        if part == Part.QUESTION:
            about = data["about"]
            if about == ABOUT.TOUCHPOINT:
                about = f"{about}:{data['touchpoint'].strip()}"
            return names, Column(part=part, scale=data["scale"], about=about, blanks=_codes(data["blanks"]))
        if part == Part.SCORE:
            return names, Column(part=part, blanks=_codes(data["blanks"]))
        if part == Part.ATTRIBUTE:
            return names, Column(part=part, attribute=data["attribute"])
        return names, Column(part=part, of=data["of"] if part == Part.COMMENT else "")


def _codes(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.strip() for code in re.split(r"[,;]", text) if code.strip()))


class PlanForm(forms.Form):
    """What holds for all rows, what questions are about, what values mean, and which touchpoints may be made."""

    source = forms.CharField(label=_("Name of the survey"), max_length=80)
    day = forms.DateField(
        label=_("One date for all"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    month = forms.CharField(label=_("Month and year of the days"), max_length=7)
    order = forms.ChoiceField(label=_("Dates are written"), choices=[(order, ORDER_WORDS[order]) for order in ORDERS])
    create = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, job: Job, names: dict[Part, list[str]], **kwargs: Any) -> None:
        self.plan = plan_of(job)
        facts = {"source": self.plan.source, "day": self.plan.day, "month": self.plan.month, "order": self.plan.order}
        super().__init__(*args, **{"initial": facts, "auto_id": "plan_%s", **kwargs})
        self.index = {found.name: number for number, found in enumerate(profiles_of(job))}
        self.fields["source"].help_text = _("Answers with the same id count once within a survey.")
        self.fields["month"].widget.attrs |= {"type": "month", "placeholder": "2026-05"}
        self._drop_unused_dates()
        here = {name.casefold() for name in names[Part.TOUCHPOINT]}
        self.new = [name for name in self.plan.touchpoints() if name.casefold() not in here]
        offered = {*self.new, *self._posted_touchpoints()}
        self.fields["create"].choices = [(name, name) for name in sorted(offered)]  # type: ignore[attr-defined]
        self.fields["create"].initial = list(self.plan.create)
        self.meanings = [self._meaning_fields(name, names) for name in self.plan.columns if self._has_values(name)]

    def _drop_unused_dates(self) -> None:
        dated, days = self.plan.column_of(Part.DATE), self.plan.column_of(Part.DAY)
        if dated or days:
            del self.fields["day"]
        if dated or not days:
            del self.fields["month"]
        if not dated:
            del self.fields["order"]

    def _posted_touchpoints(self) -> list[str]:
        return [str(text).strip() for name, text in self.data.items() if name.startswith("touchpoint.")]

    def _has_values(self, name: str) -> bool:
        column = self.plan.columns[name]
        return column.part in VALUED and bool(column.values) and name in self.index

    def _meaning_fields(self, name: str, names: dict[Part, list[str]]) -> tuple[str, str, list[str]]:
        """Add a choice for each value of a column; return the column, its part and the names of the fields."""
        column = self.plan.columns[name]
        part = Part(column.part)
        known = list(Device.choices) if part is Part.DEVICE else [(one, one) for one in names[part]]
        fields = []
        for number, (value, meaning) in enumerate(column.values.items()):
            new = [(value, _("new: %s") % value)] if part is Part.TOUCHPOINT and value not in names[part] else []
            choices = [("", _("leave out") if part is Part.TOUCHPOINT else _("none")), *new, *known]
            field = f"value.{self.index[name]}.{number}"
            self.fields[field] = forms.ChoiceField(label=value, choices=choices, required=False, initial=meaning)
            fields.append(field)
        return name, str(part.label), fields

    def groups(self) -> list[tuple[str, str, list[Any]]]:
        """The values to be given a meaning, column by column."""
        return [(name, part, [self[field] for field in fields]) for name, part, fields in self.meanings]

    def clean_month(self) -> str:
        """Year and month as they are kept: 2017-05."""
        if not (text := self.cleaned_data["month"]):
            return ""
        read = read_month(text)
        if read is None or not EARLIEST.year <= read[0] < LATEST.year:
            raise ValidationError(_("Write month and year like 2026-05."))
        return f"{read[0]:04}-{read[1]:02}"

    def chosen(self) -> dict[str, Any]:
        """What `settle` takes."""
        data = self.cleaned_data
        facts = {name: str(data[name] or "") for name in ("source", "day", "month", "order") if name in data}
        by_index = {str(number): name for name, number in self.index.items()}
        posted = {name: str(text).strip()[:200] for name, text in self.data.items() if name.startswith("touchpoint.")}
        touchpoints = {by_index[key]: text for name, text in posted.items() if (key := name[11:]) in by_index}
        values = {
            name: dict(zip(self.plan.columns[name].values, (data[field] for field in fields), strict=True))
            for name, _part, fields in self.meanings
        }
        return {"facts": facts, "touchpoints": touchpoints, "values": values, "create": data["create"]}


class MappingForm(forms.Form):
    """The name under which a mapping is kept."""

    name = forms.CharField(label=_("Name"), max_length=200)


class UseMappingForm(forms.Form):
    """One of the saved mappings."""

    saved = forms.ModelChoiceField(label=_("Saved mapping"), queryset=Mapping.objects.none())

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["saved"].queryset = Mapping.objects.of(workspace).order_by("name")  # type: ignore[attr-defined]
