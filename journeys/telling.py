"""Changes of a map in words, in the language of whoever reads them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from journeys.actions.several import listed
from journeys.board import JourneyMap, MapPhase
from journeys.models import Change, Source, Verb
from journeys.past import OF_LANES, OF_THE_LIBRARY


def told(change: Change, labels: Mapping[int, str]) -> str:
    """What a change did. `labels`: the journey's phases, as they are called now."""
    back = change.what.get("back")
    if back == "undo" and change.undoes:
        return _("Undone: %(change)s") % {"change": _sentence(change.undoes, labels)}
    if back == "redo":
        return _("Done again: %(change)s") % {"change": _sentence(change, labels)}
    if "order_of" in change.what:
        return _("Order as after change %(number)d brought back") % {"number": change.what["order_of"]}
    if "brought_back" in change.what:
        return _("Brought back: %(change)s") % {"change": _sentence(change, labels)}
    return _sentence(change, labels)


def _sentence(change: Change, labels: Mapping[int, str]) -> str:
    if change.verb == Verb.OPEN:
        return _opened(change, labels)
    names = [part.what.get("name", "") for part in change.parts]
    words = {
        "name": names[0],
        "names": listed(names),
        "number": len(names),
        "old": labels.get(_all_alike(change, "from"), ""),
        "new": labels.get(_all_alike(change, "to"), ""),
        "said": change.what.get("said") or _("nobody yet"),
        "channel": change.what.get("said") or _("none"),
    }
    return (_of_one if len(names) == 1 else _of_several)(change, words)


def _of_one(change: Change, words: dict[str, Any]) -> str:
    sentences = {
        Verb.MOVE: _("“%(name)s” moved from %(old)s to %(new)s"),
        Verb.PLACE: _("“%(name)s” added to %(new)s"),
        Verb.EDIT: _("“%(name)s” edited"),
        Verb.LABEL: _("Phase renamed “%(name)s”"),
        Verb.ARCHIVE: _("“%(name)s” taken off the map"),
        Verb.RESTORE: _("“%(name)s” put back in %(new)s"),
        Verb.OWNER: _("Owner of “%(name)s”: %(said)s"),
        Verb.CHANNEL: _("Channel of “%(name)s”: %(channel)s"),
        Verb.NAME: _("“%(name)s” renamed “%(said)s”"),
        Verb.CELL: _("“%(said)s” of “%(name)s” written"),
        Verb.NEEDS: _("Needs of “%(name)s” linked"),
    }
    if change.verb == Verb.MOVE and change.what["from"] == change.what["to"]:
        return _("“%(name)s” moved within %(new)s") % words
    if change.verb == Verb.START:
        return _begun(change.what)
    if change.verb == Verb.LANE:
        return _arranged(change) % words
    if change.verb in OF_THE_LIBRARY and "said" not in change.what:
        return _("“%(name)s” changed back") % words
    return sentences[Verb(change.verb)] % words


def _opened(change: Change, labels: Mapping[int, str]) -> str:
    what = change.what
    words = {"name": labels.get(what.get("phase"), what["name"]), "said": what["said"]}
    return (_("“%(name)s” opens “%(said)s”") if what["opens"] else _("“%(name)s” no longer opens “%(said)s”")) % words


def _arranged(change: Change) -> str:
    said, undo = change.what["said"], change.undo
    if "shown" in said:
        return _("Lane “%(name)s” shown") if change.what["shown"] else _("Lane “%(name)s” hidden")
    if "name" in said:
        return _("Lane renamed “%(name)s”")
    if undo["position"] is None:
        return _("Lane “%(name)s” added")
    return _("Lane “%(name)s” removed") if change.what.get("gone") else _("Lane “%(name)s” moved")


def _of_several(change: Change, words: dict[str, Any]) -> str:
    sentences = {
        Verb.MOVE: _("%(number)d touchpoints moved to %(new)s: %(names)s"),
        Verb.PLACE: _("%(number)d touchpoints added to %(new)s: %(names)s"),
        Verb.ARCHIVE: _("%(number)d touchpoints taken off the map: %(names)s"),
        Verb.RESTORE: _("%(number)d touchpoints put back: %(names)s"),
        Verb.OWNER: _("Owner of %(number)d touchpoints: %(said)s (%(names)s)"),
        Verb.CHANNEL: _("Channel of %(number)d touchpoints: %(channel)s (%(names)s)"),
    }
    if change.verb == Verb.MOVE and not words["new"]:
        return _("%(number)d touchpoints moved: %(names)s") % words
    if change.verb in OF_THE_LIBRARY and "said" not in change.what:
        return _("%(number)d touchpoints changed back: %(names)s") % words
    return sentences[Verb(change.verb)] % words


def _all_alike(change: Change, name: str) -> Any:
    """What all parts of a change say under that name; None where they differ."""
    said = {part.what.get(name) for part in change.parts}
    return said.pop() if len(said) == 1 else None


def _begun(what: Mapping[str, Any]) -> str:
    begun = {
        Source.TEMPLATE: _("Begun from the template “%(name)s”, with %(count)d touchpoints"),
        Source.JOURNEY: _("Copied from “%(name)s”, with %(count)d touchpoints"),
        Source.SPREADSHEET: _("Begun from the spreadsheet “%(name)s”, with %(count)d touchpoints"),
        Source.FILE: _("Begun from the file of “%(name)s”, with %(count)d touchpoints"),
    }
    return begun[Source(what["source"])] % what


def announced(change: Change | None, seen: JourneyMap, placement_id: int | None) -> str:
    """What a screen reader hears of a change, or of a move that changed nothing: where the touchpoint stands now."""
    if change and len(change.parts) > 1:
        return told(change, {phase.id: phase.label for phase in seen.phases}) + "."
    verb, back = (change.verb, change.what.get("back")) if change else (Verb.MOVE, None)
    done = {
        Verb.MOVE: _("Dropped."),
        Verb.PLACE: _("Added."),
        Verb.EDIT: _("Saved."),
        Verb.LABEL: _("Renamed."),
        Verb.ARCHIVE: _("Taken off the map."),
        Verb.RESTORE: _("Put back."),
        Verb.OWNER: _("Saved."),
        Verb.CHANNEL: _("Saved."),
        Verb.NAME: _("Renamed."),
        Verb.CELL: _("Saved."),
        Verb.NEEDS: _("Saved."),
        Verb.LANE: _("Lanes arranged."),
    }
    said = {"undo": _("Undone."), "redo": _("Done again.")}.get(back or "", done[Verb(verb)])
    place = seen.place_of(placement_id) if placement_id else None
    return f"{said} {_stands(*place)}" if place and verb not in {Verb.EDIT, *OF_THE_LIBRARY, *OF_LANES} else said


def apologised(reason: str, seen: JourneyMap, placement_id: int | None) -> str:
    """What a screen reader hears of a change that was not made."""
    place = seen.place_of(placement_id) if placement_id else None
    if place is None:
        return _("Not saved. %(reason)s") % {"reason": reason}
    return _("Not saved, back in %(place)s %(reason)s") % {"place": _stands(*place), "reason": reason}


def _stands(phase: MapPhase, position: int) -> str:
    words = {"phase": phase.label, "position": position, "of": len(phase.touchpoints)}
    return _("%(phase)s, position %(position)d of %(of)d.") % words
