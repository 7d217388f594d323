"""Where a form meets the database: what it refuses stands beside the field, and no text is lost to a newer one."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.db import IntegrityError
from django.utils.translation import gettext as _

from workspaces.errors import Refused, Stale

Row = TypeVar("Row")


class DayInput(forms.DateInput):
    """The browser's own picker of a day."""

    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)


def ask_version(form: "forms.ModelForm[Any]") -> None:
    """Let the form of a row that exists carry the version that the person saw when they began to write."""
    if form.instance.pk:
        form.fields["version"] = forms.IntegerField(
            min_value=1, max_value=2**31 - 1, initial=form.instance.version, widget=forms.HiddenInput
        )


def save(form: "forms.ModelForm[Any]", action: Callable[..., Row], *given: Any, **more: Any) -> Row | None:
    """Call the action with what the form says, and return its row; or None, and the form says what is wrong."""
    if not form.is_valid():
        return None
    try:
        return action(*given, **more, **form.cleaned_data)
    except Stale as stale:
        show_both(form, stale.current)
    except Refused as refused:
        form.add_error(None, str(refused))
    except IntegrityError as error:
        form.add_error("name" if "name" in form.fields else None, refusal(form.instance, error))
    return None


def status(form: forms.BaseForm) -> int:
    """What a page with this form answers: 409 when somebody else was faster, 422 when it has errors, else 200."""
    if hasattr(form, "stored"):
        return 409
    return 422 if form.errors else 200


def refusal(row: Any, error: IntegrityError) -> str:
    """Why the database refused the row, in the words of the model's constraint; raises the error when it has none."""
    diagnosis = getattr(error.__cause__, "diag", None)
    for constraint in row._meta.constraints:
        if diagnosis and constraint.name == diagnosis.constraint_name and constraint.violation_error_message:
            return str(constraint.violation_error_message)
    raise error


def show_both(form: Any, row: Any) -> None:
    """Keep the person's text in the form and put what is stored by now beside it; saving again replaces it knowingly.

    Each field whose stored value differs gets `stored`, a copy of it that cannot be edited.
    """
    form.stored = form.as_stored(row) if hasattr(form, "as_stored") else type(form)(instance=row, prefix="stored")
    for theirs in form.stored.visible_fields():
        theirs.field.disabled = True
        mine = form[theirs.name]
        if mine.field.has_changed(theirs.initial, mine.data):
            mine.stored = theirs
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = form.stored["version"].initial
    form.add_error(
        None, _("Somebody saved a newer version while you were writing. Nothing is lost: compare, then save again.")
    )
