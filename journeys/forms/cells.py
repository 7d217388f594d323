"""What may be written in a lane of the map."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.translation import gettext_lazy as _

from journeys.models import Placement

WRITTEN = ("customer_action", "quote", "backstage", "expectation", "assumed_emotion")


class CellForm(forms.Form):
    """One field of a placement: what it said when the person began to write, and what it is to say."""

    field = forms.ChoiceField(label=_("lane"), choices=[(name, name) for name in WRITTEN])
    was = forms.CharField(required=False)
    text = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        """Both as the field keeps them: texts, or feelings from -2 to +2 in tenths."""
        said: dict[str, Any] = super().clean() or {}
        if "field" in said:
            field = cast("Field[Any, Any]", Placement._meta.get_field(said["field"]))
            try:
                said["was"], said["value"] = _read(field, said["was"]), _read(field, said["text"])
            except ValidationError as error:
                self.add_error("text", error)
        return said


def _read(field: "Field[Any, Any]", text: str) -> Any:
    asked: Any = field.formfield()
    value = asked.clean(text)
    if value is not None:
        field.run_validators(value)
    return value
