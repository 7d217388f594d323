"""Changes of a map in words, in the language of whoever reads them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from journeys.board import JourneyMap, MapPhase
from journeys.models import Change, Source, Verb


def told(change: Change, labels: Mapping[int, str]) -> str:
    """What a change did. `labels`: the journey's phases, as they are called now."""
    back = change.what.get("back")
    if back == "undo" and change.undoes:
        return _("Undone: %(change)s") % {"change": _sentence(change.undoes, labels)}
    if back == "redo":
        return _("Done again: %(change)s") % {"change": _sentence(change, labels)}
    return _sentence(change, labels)


def _sentence(change: Change, labels: Mapping[int, str]) -> str:
    what = change.what
    words = {
        "name": what.get("name", ""),
        "old": labels.get(what.get("from"), ""),
        "new": labels.get(what.get("to"), ""),
    }
    sentences = {
        Verb.MOVE: _("“%(name)s” moved from %(old)s to %(new)s"),
        Verb.PLACE: _("“%(name)s” added to %(new)s"),
        Verb.EDIT: _("“%(name)s” edited"),
        Verb.LABEL: _("Phase renamed “%(name)s”"),
        Verb.ARCHIVE: _("“%(name)s” taken off the map"),
        Verb.RESTORE: _("“%(name)s” put back in %(new)s"),
    }
    if change.verb == Verb.MOVE and what["from"] == what["to"]:
        return _("“%(name)s” moved within %(new)s") % words
    if change.verb == Verb.START:
        return _begun(what)
    return sentences[Verb(change.verb)] % words


def _begun(what: Mapping[str, Any]) -> str:
    begun = {
        Source.TEMPLATE: _("Begun from the template “%(name)s”, with %(count)d touchpoints"),
        Source.JOURNEY: _("Copied from “%(name)s”, with %(count)d touchpoints"),
        Source.SPREADSHEET: _("Begun from the spreadsheet “%(name)s”, with %(count)d touchpoints"),
    }
    return begun[Source(what["source"])] % what


def announced(change: Change | None, seen: JourneyMap, placement_id: int | None) -> str:
    """What a screen reader hears of a change, or of a move that changed nothing: where the touchpoint stands now."""
    verb, back = (change.verb, change.what.get("back")) if change else (Verb.MOVE, None)
    done = {
        Verb.MOVE: _("Dropped."),
        Verb.PLACE: _("Added."),
        Verb.EDIT: _("Saved."),
        Verb.LABEL: _("Renamed."),
        Verb.ARCHIVE: _("Taken off the map."),
        Verb.RESTORE: _("Put back."),
    }
    said = {"undo": _("Undone."), "redo": _("Done again.")}.get(back or "", done[Verb(verb)])
    place = seen.place_of(placement_id) if placement_id else None
    return f"{said} {_stands(*place)}" if place and verb != Verb.EDIT else said


def apologised(reason: str, seen: JourneyMap, placement_id: int | None) -> str:
    """What a screen reader hears of a change that was not made."""
    place = seen.place_of(placement_id) if placement_id else None
    if place is None:
        return _("Not saved. %(reason)s") % {"reason": reason}
    return _("Not saved, back in %(place)s %(reason)s") % {"place": _stands(*place), "reason": reason}


def _stands(phase: MapPhase, position: int) -> str:
    words = {"phase": phase.label, "position": position, "of": len(phase.touchpoints)}
    return _("%(phase)s, position %(position)d of %(of)d.") % words
