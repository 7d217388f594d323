"""Personal links: one that is looked at, or a file of references that comes back with them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.files import LARGEST_UPLOAD, Row, Table, Unreadable, Why, as_text, read_table, shown, sniff
from feedback.links import is_reference
from feedback.models import LONGEST_REFERENCE, Survey
from workspaces import clock
from workspaces.editing import DayInput

MOST_LINKS = 10_000


class _Until(forms.Form):
    """Until when the links are good."""

    until = forms.DateField(
        label=gettext_lazy("Good until the end of"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Without a day they are good as long as the survey is open."),
    )

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.survey = survey

    def clean_until(self) -> Any:
        """A day that has not passed."""
        until = self.cleaned_data["until"]
        if until and until < clock.today(self.survey.workspace.zone):
            raise ValidationError(_("This day has passed."))
        return until


class LinkForm(_Until):
    """One person, by the company's own name for them."""

    reference = forms.CharField(
        label=gettext_lazy("Customer number"),
        max_length=LONGEST_REFERENCE,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("As your CRM knows them; never a name or an address."),
    )
    field_order = ["reference", "until"]

    def clean_reference(self) -> str:
        """What can stand in a link."""
        return _reference(self.cleaned_data["reference"])


class LinksFileForm(_Until):
    """A table whose first column holds references. `table`: what was read, once it is valid."""

    file = forms.FileField(label=gettext_lazy("File"), allow_empty_file=True, max_length=200)
    field_order = ["file", "until"]
    table: Table

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_file_%s", **kwargs)  # beside the form for one, which has a day, too
        self.fields["file"].widget.attrs |= {"accept": ".csv,.tsv,.txt,.xlsx", "data-limit": LARGEST_UPLOAD}

    def clean_file(self) -> Any:
        """Read it whole, and refuse it whole where one line cannot be a customer's."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise ValidationError(Unreadable(Why.TOO_LARGE, limit=LARGEST_UPLOAD // 1024**2).message)
        try:
            content = file.read()
            self.table = read_table(content, sniff(content))
        except Unreadable as fault:
            raise ValidationError(fault.message) from None
        if len(self.table.rows) > MOST_LINKS:
            raise ValidationError(_("The file has more than %(limit)s lines. Split it.") % {"limit": MOST_LINKS})
        for row in self.table.rows:
            _of_row(row)
        return file


def reference_of(row: Row) -> str:
    """What the first cell of a line says."""
    return as_text(row.cells[0]) if row.cells else ""


def _of_row(row: Row) -> None:
    try:
        _reference(reference_of(row))
    except ValidationError as problem:
        raise ValidationError(
            _("Row %(row)s: %(problem)s") % {"row": row.number, "problem": problem.messages[0]}
        ) from None


def _reference(text: str) -> str:
    if not is_reference(text):
        raise ValidationError(
            _("“%(text)s” is no customer number: write one line of at most %(longest)s signs.")
            % {"text": shown(text), "longest": LONGEST_REFERENCE}
        )
    return text
