"""What personas talk about: the themes of touchpoints, counted among each persona's own comments."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection

from feedback.actions.heard import LETTERS, Heard, names_of_staff, naming, side_of, voices
from feedback.themes import FEWEST, Kind
from scorecards.statements_of_people import COMMENTS
from workspaces.models import Workspace

MOST = 6  # themes of a persona
MOST_COMMENTS = 500  # of a persona, the newest, in which they are counted


class PersonaTheme(NamedTuple):
    """A theme at a touchpoint, and how many of the persona's questionnaires name it."""

    theme: int
    kind: str
    label: str
    touchpoint: int
    touchpoint_name: str
    named_by: int


class Place(NamedTuple):
    """A touchpoint with the themes that live there, each as its id, kind, label and terms."""

    touchpoint: int
    subject: int
    name: str
    themes: list[list[Any]]


def themes_of(workspace: Workspace, asked: Mapping[str, Any], places: Sequence[Place]) -> dict[int, list[PersonaTheme]]:
    """The themes that three and more of a persona's questionnaires name, by persona, most named first.

    `asked`: `personas`, `first` and `last` day. Counted as everybody's themes are: pains among the unhappy, praise
    among the happy. Two statements.
    """
    themed = {place.subject: place for place in places if place.themes}
    wanted = {**asked, "subjects": list(themed), "letters": LETTERS, "most": MOST_COMMENTS}
    said: dict[tuple[int, int], list[Heard]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(COMMENTS, wanted)
        for persona, subject, response, submission, day, metric, scale, value, text in cursor.fetchall():
            said[persona, subject].append(Heard(response, submission, day, side_of(metric, scale, value), text))
    staff = names_of_staff(workspace)
    found: dict[int, list[PersonaTheme]] = defaultdict(list)
    for (persona, subject), comments in said.items():
        found[persona] += _named_at(themed[subject], comments, staff)
    return {
        persona: sorted(themes, key=lambda one: (-one.named_by, one.theme))[:MOST] for persona, themes in found.items()
    }


def _named_at(place: Place, comments: Sequence[Heard], staff: frozenset[str]) -> list[PersonaTheme]:
    told, themes = voices(comments, staff), place.themes
    found = []
    for kind in Kind:
        of_kind = [theme for theme in themes if theme[1] == kind.value]
        for (pk, _kind, label, _terms), named in zip(
            of_kind, naming(told, kind, [terms for *_, terms in of_kind]), strict=True
        ):
            people = len({one.submission for one in named})
            if people >= FEWEST:
                found.append(PersonaTheme(pk, kind.value, label, place.touchpoint, place.name, people))
    return found
