"""Which touchpoints and phases open journeys stands in the history of the map above, so that it can be walked back."""

from journeys.actions.history import record_change
from journeys.actions.steps import Step, named
from journeys.models import Journey, Phase, Placement, Verb
from workspaces.models import Actor


def tell_above(journey: Journey, *, was: Placement | Phase | None, now: Placement | Phase | None, by: Actor) -> None:
    """Write down that one place no longer opens a locked journey and that another does. Where both are one, nothing.

    Archived maps are told, too: they may come back.
    """
    if was == now:
        return
    places = [place for place in (was, now) if place]
    above = Journey.objects.of(journey.workspace).filter(pk__in={place.journey_id for place in places})
    maps = {one.pk: one for one in above.select_for_update().order_by("pk")}
    for place in places:
        opens, before = (journey.pk, None) if place == now else (None, journey.pk)
        step = Step(Verb.OPEN, {**named(place), "opens": opens, "said": journey.name}, {"opens": before})
        if place.journey_id in maps:  # else of another workspace, which the database refuses at commit
            record_change(maps[place.journey_id], step, by=by)
