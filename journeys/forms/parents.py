"""Where a journey is opened: by a touchpoint on another one, or by a phase of it."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journeys.models import Journey, Phase, Placement
from workspaces.models import Workspace

Place = Placement | Phase
MOST_OFFERED = 400  # touchpoints; where there are more, the map of the other journey is the place to say it


def place_key(place: Place | None) -> str:
    """How a form or an address names such a place: `placement-3`, `phase-7`, or nothing."""
    if place is None:
        return ""
    return f"placement-{place.pk}" if isinstance(place, Placement) else f"phase-{place.pk}"


def place_of(workspace: Workspace, key: str) -> Place | None:
    """The place of that name on a journey of this workspace that is kept; None where there is none."""
    kind, _dash, number = key.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    here = {"pk": int(number), "journey__archived_at": None}
    if kind == "placement":
        standing = Placement.objects.of(workspace).kept().select_related("touchpoint", "journey")
        placement: Placement | None = standing.filter(**here).first()
        return placement
    phase: Phase | None = Phase.objects.of(workspace).select_related("journey").filter(**here).first()
    return phase if kind == "phase" else None


class ParentField(forms.ChoiceField):
    """One place on another journey, or none. Cleans to the placement or phase itself."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"label": _("Part of"), "required": False, **options})
        self.places: dict[str, Place] = {}
        self.help_text = _("The touchpoint or phase of another journey that this one tells in more detail.")

    def offer(self, journey: Journey, *, chosen: Place | None) -> None:
        """Offer the phases and touchpoints of all other journeys at which none is opened, and what is chosen."""
        there = {"journey__archived_at": None}
        phases = Phase.objects.of(journey.workspace).filter(**there).exclude(journey=journey.pk)
        placements = Placement.objects.of(journey.workspace).kept().filter(**there).exclude(journey=journey.pk)
        taken = Journey.objects.of(journey.workspace).kept().exclude(pk=journey.pk)
        free = ~Q(pk__in=taken.exclude(parent_placement=None).values("parent_placement"))
        standing = list(placements.filter(free).select_related("touchpoint", "journey", "phase")[: MOST_OFFERED + 1])
        begun = phases.exclude(pk__in=taken.exclude(parent_phase=None).values("parent_phase")).select_related("journey")
        offered: list[Place] = [*begun, *(standing if len(standing) <= MOST_OFFERED else ())]
        if chosen is not None and chosen not in offered:
            offered.append(chosen)
        self.places = {place_key(place): place for place in sorted(offered, key=_order)}
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, place in self.places.items():
            named = str(place) if isinstance(place, Phase) else f"\N{EN SPACE}\N{EN SPACE}{place}"
            groups.setdefault(str(place.journey), []).append((key, named))
        self.choices = [("", _("nothing: it stands by itself")), *groups.items()]

    def prepare_value(self, value: Any) -> str:
        """As the list names it, whether it is a place or already a name."""
        return value if isinstance(value, str) else place_key(value)

    def clean(self, value: Any) -> Place | None:
        """The placement or phase of that name."""
        return self.places.get(super().clean(value))


def parents(place: Place | None) -> dict[str, Any]:
    """A place as the facts of the journey that is opened there."""
    is_phase = isinstance(place, Phase)
    return {"parent_placement": None if is_phase else place, "parent_phase": place if is_phase else None}


def _order(place: Place) -> tuple[str, int, int, int, int]:
    """By journey, then as on its map, each phase before its touchpoints."""
    if isinstance(place, Phase):
        return str(place.journey).casefold(), place.journey_id, place.position, -1, place.pk
    position = -1 if place.position is None else place.position
    return str(place.journey).casefold(), place.journey_id, place.phase.position, position, place.pk


class DetailForm(forms.Form):
    """Which journey is opened at a place: one that stands by itself, or a new one of that name."""

    journey = forms.ModelChoiceField(
        Journey.objects.none(), label=_("A journey that you have"), required=False, empty_label=_("a new one")
    )
    name = forms.CharField(label=_("Name of the new journey"), max_length=200, required=False)

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = Journey.objects.of(place.workspace).kept().filter(parent_placement=None, parent_phase=None)
        self.fields["journey"].queryset = alone.exclude(pk=place.journey_id).by_name()  # type: ignore[attr-defined]
        self.initial["name"] = str(place)

    def clean(self) -> dict[str, Any]:
        """One of both is said."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("journey") and not said.get("name"):
            self.add_error("name", _("Choose a journey, or name a new one."))
        return said
