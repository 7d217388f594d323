"""Reads a journey's JSON document: what it would draw here, and each thing that is wrong with it, by its JSON path."""

import datetime
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.utils.translation import gettext as _

from feedback.models import Insight
from journeys.exchange.sheet import MOST_TOUCHPOINTS
from journeys.exchange.whole import (
    FORMAT,
    OF_INSIGHT,
    OF_JOURNEY,
    OF_LANE,
    OF_PHASE,
    OF_PLACEMENT,
    OF_TOUCHPOINT,
    VERSION,
    Document,
)
from journeys.models import MOST_OWN, OWN, Journey, Lane, LaneCell, LaneKind, MetNeed, Phase, Placement
from touchpoints.models import Channel, PhaseKind, Touchpoint

MEMBERS = ("format", "version", "journey", "channels", "phases", "lanes", "touchpoints")
MOST_FAULTS = 100  # so many are told of one document
TYPES: dict[type, tuple[type, ...]] = {
    models.CharField: (str,),
    models.BooleanField: (bool,),
    models.PositiveIntegerField: (int,),
    models.PositiveSmallIntegerField: (int,),
    models.DecimalField: (int, float),
    models.DateField: (str,),
}


class Fault(NamedTuple):
    """Something that keeps a document from being drawn: where it stands, as a JSON path, and why."""

    path: str
    why: str


class PartOf(NamedTuple):
    """Where the journey is opened: the journey above by its name, a touchpoint by its name or the kind of a phase."""

    journey: str
    touchpoint: str = ""
    phase: str = ""


class Read(NamedTuple):
    """A touchpoint of the document: its phase's kind, and its facts by what they are about."""

    phase: str
    facts: Document
    channel: str
    owner: tuple[str, str] | None
    placed: Document
    insights: list[Document]
    cells: dict[str, str | Decimal]
    needs: list[Document]


@dataclass
class Understood:
    """What a document says, as far as it can be read. `strange`: the paths of what is not known here, and not taken."""

    facts: Document = field(default_factory=dict)
    owner: tuple[str, str] | None = None
    personas: list[str] = field(default_factory=list)
    part_of: PartOf | None = None
    icons: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    lanes: list[Document] = field(default_factory=list)
    touchpoints: list[Read] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)

    def phases(self) -> list[tuple[str, list[Read]]]:
        """The touchpoints, phase by phase, under the names that the phases will have."""
        return [
            (self.labels.get(kind) or str(kind.label), [one for one in self.touchpoints if one.phase == kind])
            for kind in PhaseKind
        ]


def understand_document(text: str) -> Understood:
    """Read a document. Nothing of it is looked up: what it names may be unknown here."""
    try:
        return understand_value(json.loads(text))
    except (ValueError, RecursionError):
        return Understood(faults=[Fault("$", _("This is no JSON."))])


def understand_value(told: Any) -> Understood:
    """Read a document that is JSON's values already, as `understand_document`."""
    reading = _Reading(Understood())
    if isinstance(told, dict):
        reading.only(told, "$", MEMBERS)
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        reading.fault(
            "$.format", _("This is no journey of Etappe: “format” is to be “%(format)s”.") % {"format": FORMAT}
        )
    elif told.get("version") != VERSION:
        reading.fault(
            "$.version", _("This version of the format is not known; “%(version)s” is.") % {"version": VERSION}
        )
    else:
        reading.document(told)
    return reading.found


class _Reading:
    def __init__(self, found: Understood) -> None:
        self.found = found

    def fault(self, path: str, why: str) -> None:
        if len(self.found.faults) < MOST_FAULTS:
            self.found.faults.append(Fault(path, why))

    def document(self, told: Document) -> None:
        found = self.found
        journey = self.object(told.get("journey"), "$.journey")
        self.only(journey, "$.journey", (*OF_JOURNEY, "owner", "personas", "part_of"))
        found.facts = self.facts(Journey, OF_JOURNEY, journey, "$.journey")
        found.owner = self.owner(journey.get("owner"), "$.journey.owner")
        found.part_of = self.part_of(journey.get("part_of"), "$.journey.part_of")
        for path, name in self.listed(journey, "personas", "$.journey"):
            found.personas.append(self.value(Journey, "name", name, path) or "")
        for path, one in self.objects(told, "channels", "$", ("name", "icon")):
            channel = self.facts(Channel, ("name", "icon"), one, path)
            found.icons[str(channel.get("name", "")).lower()] = channel.get("icon", "circle-dot")
        for path, one in self.objects(told, "phases", "$", OF_PHASE):
            phase = self.facts(Phase, OF_PHASE, one, path)
            found.labels[phase.get("kind", "")] = phase.get("label", "")
        self.lanes(told)
        self.touchpoints(told)

    def lanes(self, told: Document) -> None:
        seen: set[str] = set()
        for path, one in self.objects(told, "lanes", "$", OF_LANE):
            lane = self.facts(Lane, OF_LANE, one, path)
            kind, name = lane.get("kind") or "", lane.get("name") or ""
            key = name.lower() if kind in OWN else kind
            if (kind in OWN) != bool(name):
                self.fault(f"{path}.name", _("A lane of a team's own has a name, and no other has."))
            if key in seen:
                self.fault(path, _("There is one like it already."))
            if kind == LaneKind.TOUCHPOINTS and not lane.get("shown", True):
                self.fault(f"{path}.shown", _("A map always shows its touchpoints."))
            seen.add(key)
            self.found.lanes.append(lane)
        if sum(lane.get("kind") in OWN for lane in self.found.lanes) > MOST_OWN:
            self.fault("$.lanes", _("A journey has at most %(number)d lanes of its own.") % {"number": MOST_OWN})

    def touchpoints(self, told: Document) -> None:
        seen: set[str] = set()
        kinds = {lane.get("name"): lane["kind"] for lane in self.found.lanes if lane.get("kind") in OWN}
        known = ("phase", *OF_TOUCHPOINT, "channel", "owner", "insights", "placement", "cells", "needs")
        for path, one in self.objects(told, "touchpoints", "$", known):
            facts = self.facts(Touchpoint, OF_TOUCHPOINT, one, path)
            placed = self.object(one.get("placement", {}), f"{path}.placement")
            self.only(placed, f"{path}.placement", OF_PLACEMENT)
            read = Read(
                phase=self.value(Phase, "kind", one.get("phase"), f"{path}.phase") or "",
                facts=facts,
                channel=self.value(Channel, "name", one["channel"], f"{path}.channel")
                if one.get("channel") is not None
                else "",
                owner=self.owner(one.get("owner"), f"{path}.owner"),
                placed=self.facts(Placement, OF_PLACEMENT, placed, f"{path}.placement"),
                insights=[
                    self.facts(Insight, OF_INSIGHT, insight, at)
                    for at, insight in self.objects(one, "insights", path, OF_INSIGHT)
                ],
                cells=self.cells(one.get("cells", {}), f"{path}.cells", kinds),
                needs=self.needs(one, path),
            )
            if str(facts.get("name", "")).lower() in seen:
                self.fault(f"{path}.name", _("It stands on the map already. A touchpoint stands on a journey once."))
            seen.add(str(facts.get("name", "")).lower())
            self.found.touchpoints.append(read)
        if len(self.found.touchpoints) > MOST_TOUCHPOINTS:
            why = _("More than %(number)d touchpoints are too many for one map; the rest is not taken.")
            self.fault("$.touchpoints", why % {"number": MOST_TOUCHPOINTS})

    def cells(self, told: Any, path: str, kinds: dict[str | None, str]) -> dict[str, str | Decimal]:
        cells: dict[str, str | Decimal] = {}
        for name, value in self.object(told, path).items():
            at = f"{path}[{json.dumps(name, ensure_ascii=False)}]"
            if name not in kinds:
                self.fault(at, _("No lane of the journey is called so."))
                continue
            column = "number" if kinds[name] == LaneKind.NUMBER else "text"
            said = self.value(LaneCell, column, value, at)
            if said not in {None, ""}:
                cells[name] = said
        return cells

    def needs(self, told: Document, path: str) -> list[Document]:
        needs = []
        for at, one in self.objects(told, "needs", path, ("persona", "need", "how_well")):
            need = self.facts(MetNeed, ("need", "how_well"), one, at)
            if one.get("persona") not in self.found.personas:
                self.fault(f"{at}.persona", _("The journey is not drawn for this persona."))
            needs.append(need | {"persona": one.get("persona")})
        return needs

    def owner(self, told: Any, path: str) -> tuple[str, str] | None:
        if told is None:
            return None
        for kind, name in self.object(told, path).items():
            if kind in {"team", "member"} and isinstance(name, str) and "\0" not in name and len(told) == 1:
                return kind, name
        self.fault(path, _("An owner is a team or a member, by name."))
        return None

    def part_of(self, told: Any, path: str) -> PartOf | None:
        if told is None:
            return None
        said = self.object(told, path)
        self.only(said, path, PartOf._fields)
        if len(said.keys() & {"touchpoint", "phase"}) != 1:
            self.fault(path, _("A journey is opened by a touchpoint or by a phase."))
            return None
        at = {"phase": (Phase, "kind"), "touchpoint": (Touchpoint, "name")}
        name = self.value(Journey, "name", said.get("journey"), f"{path}.journey")
        where = {key: self.value(*at[key], said[key], f"{path}.{key}") for key in at if key in said}
        return PartOf(name or "", **{key: value or "" for key, value in where.items()})

    def object(self, told: Any, path: str) -> Document:
        if isinstance(told, dict):
            return told
        self.fault(path, _("An object is expected here."))
        return {}

    def listed(self, told: Document, name: str, path: str) -> Iterator[tuple[str, Any]]:
        found = told.get(name, [])
        if not isinstance(found, list):
            self.fault(f"{path}.{name}", _("A list is expected here."))
            return
        for index, one in enumerate(found):
            yield f"{path}.{name}[{index}]", one

    def objects(self, told: Document, name: str, path: str, known: Iterable[str]) -> Iterator[tuple[str, Document]]:
        for at, one in self.listed(told, name, path):
            entry = self.object(one, at)
            self.only(entry, at, known)
            yield at, entry

    def only(self, told: Document, path: str, known: Iterable[str]) -> None:
        self.found.strange += [f"{path}.{name}" for name in told if name not in set(known)]

    def facts(self, model: type[models.Model], names: Iterable[str], told: Document, path: str) -> Document:
        """What is told of these fields; what is left out is as it is by default, unless it must be said."""
        facts = {}
        for name in names:
            column = model._meta.get_field(name)
            if name in told:
                facts[name] = self.value(model, name, told[name], f"{path}.{name}")
            elif not getattr(column, "blank", True) and not column.has_default():  # type: ignore[union-attr]
                self.fault(f"{path}.{name}", _("This is missing."))
        return facts

    def value(self, model: type[models.Model], name: str, told: Any, path: str) -> Any:
        """A value as the field takes it; None, and a fault, where it does not."""
        column: Any = model._meta.get_field(name)
        kinds = next(kinds for kind, kinds in TYPES.items() if isinstance(column, kind))
        allowed = told is None and column.null
        if not allowed and (not isinstance(told, kinds) or (isinstance(told, bool) and bool not in kinds)):
            self.fault(path, _("This is no value of the right kind."))
            return None
        if isinstance(told, str) and not (told.strip() or column.blank):
            self.fault(path, _("This must not be blank."))
            return None
        try:
            ProhibitNullCharactersValidator()(told)
            said = Decimal(str(told)) if isinstance(told, float) else told
            return column.clean(_day(said) if isinstance(column, models.DateField) else said, None)
        except (ValidationError, ValueError) as fault:
            self.fault(path, " ".join(getattr(fault, "messages", [str(fault)])))
            return None


def _day(told: Any) -> Any:
    return told and datetime.date.fromisoformat(told)
