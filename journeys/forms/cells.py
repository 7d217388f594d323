"""What may be written in a lane of the map."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.translation import gettext_lazy as _

from journeys.models import OWN, HowWell, Journey, Lane, LaneCell, LaneKind, Placement
from personas.models import Persona

WRITTEN = ("customer_action", "quote", "backstage", "expectation", "assumed_emotion")


class CellForm(forms.Form):
    """One cell: what it said when the person began to write, and what it is to say.

    `field`: of the placement, or `lane-7` for one of the journey's own lanes.
    """

    field = forms.ChoiceField(label=_("lane"))
    was = forms.CharField(required=False)
    text = forms.CharField(required=False)

    def __init__(self, data: Any, *, journey: Journey) -> None:
        super().__init__(data)
        own = Lane.objects.of(journey.workspace).kept().filter(journey=journey, kind__in=OWN)
        self.own = {f"lane-{lane.pk}": lane for lane in own}
        cast("forms.ChoiceField", self.fields["field"]).choices = [(name, name) for name in (*WRITTEN, *self.own)]

    def clean(self) -> dict[str, Any]:
        """Both as the cell keeps them: texts, numbers, or feelings from -2 to +2 in tenths. `lane`: where to write."""
        said: dict[str, Any] = super().clean() or {}
        if "field" in said:
            lane = self.own.get(said["field"])
            field = _field_of(lane) if lane else _of_placement(said["field"])
            said["lane"] = lane or said["field"]
            try:
                said["was"], said["value"] = _read(field, said["was"]), _read(field, said["text"])
            except ValidationError as error:
                self.add_error("text", error)
        return said


def _of_placement(name: str) -> "Field[Any, Any]":
    return cast("Field[Any, Any]", Placement._meta.get_field(name))


def _field_of(lane: Lane) -> "Field[Any, Any]":
    name = "number" if lane.kind == LaneKind.NUMBER else "text"
    return cast("Field[Any, Any]", LaneCell._meta.get_field(name))


def _read(field: "Field[Any, Any]", text: str) -> Any:
    asked: Any = field.formfield(localize=True, required=False)
    value = asked.clean(text)
    if value is not None:
        field.run_validators(value)
    return value


class LaneForm(forms.ModelForm):  # type: ignore[type-arg]
    """A lane of the team's own."""

    class Meta:
        model = Lane
        fields = ["name", "kind"]

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["name"].required = True
        cast("forms.ChoiceField", self.fields["kind"]).choices = [(kind.value, kind.label) for kind in OWN]

    def _post_clean(self) -> None:
        """The database checks the whole lane; what it may be called is checked here."""


class NeedsForm(forms.Form):
    """How well a touchpoint meets each need of the journey's personas; blank where it is not there for it.

    `personas`: with the needs of each. `linked`: what is linked now; of it what no persona says any more stays to be
    seen, and to be taken off.
    """

    was = forms.JSONField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any, *, personas: "Mapping[Persona, list[str]]", linked: list[tuple[int, str, str]]
    ) -> None:
        super().__init__(data, initial={"was": [list(need) for need in linked]})
        known = {(persona, need): how_well for persona, need, how_well in linked}
        self.asked: dict[str, tuple[int, str]] = {}
        self.of_personas: list[tuple[Persona, list[forms.BoundField]]] = []
        for persona, needs in personas.items():
            said = list(needs)
            said += [need for whose, need in known if whose == persona.pk and need not in said]
            self.of_personas.append((persona, [self._ask(persona.pk, need[:500], known) for need in said]))

    def _ask(self, persona: int, need: str, known: dict[tuple[int, str], str]) -> forms.BoundField:
        name = f"need-{len(self.asked)}"
        self.asked[name] = (persona, need)
        choices = [("", _("not here for it")), *HowWell.choices]
        self.fields[name] = forms.ChoiceField(
            label=need, choices=choices, required=False, initial=known.get((persona, need), "")
        )
        return self[name]

    def clean(self) -> dict[str, Any]:
        """`was` and `needs` as `link_needs` takes them."""
        said: dict[str, Any] = super().clean() or {}
        said["needs"] = [(*need, how_well) for name, need in self.asked.items() if (how_well := said.get(name))]
        try:
            said["was"] = [
                (int(persona), str(need), str(how_well)) for persona, need, how_well in said.get("was") or ()
            ]
        except (TypeError, ValueError):
            self.add_error("was", _("This cannot be read."))
        return said
