"""The themes of a touchpoint as its page shows them, each with what customers said."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from feedback.actions.heard import DAYS, MOST_COMMENTS
from feedback.models import LIVING, Response, Theme, ThemeSearch, ThemeState
from feedback.themes import FEWEST
from workspaces.models import Workspace

AT_FIRST = 6  # suggestions that are shown; the others behind a click


@dataclass(frozen=True)
class Suggestion:
    """A suggested theme with comments that name it, and the others of its kind that it may become part of."""

    theme: Theme
    examples: Sequence[Response]
    others: Sequence[Theme]


@dataclass(frozen=True)
class Suggestions:
    """What was found when a touchpoint's comments were last searched; `put_away`: what was dismissed or merged.

    `days`: how long ago a comment may be; `most`: how many are read, the newest.
    """

    search: ThemeSearch | None = None
    first: Sequence[Suggestion] = ()
    more: Sequence[Suggestion] = ()
    put_away: Sequence[Theme] = ()
    days: int = DAYS
    most: int = MOST_COMMENTS


def suggested(search: dict[str, Any], themes: Sequence[dict[str, Any]], said: Sequence[dict[str, Any]]) -> Suggestions:
    """What is suggested at a touchpoint, most named first, from rows of ABOUT. None below three customers is shown."""
    day = datetime.date.fromisoformat(search.pop("day"))
    found, comments = [Theme(**row) for row in themes], {row["id"]: Response(**row) for row in said}
    living = [one for one in found if one.state in LIVING]
    shown = [
        Suggestion(
            theme,
            [comments[pk] for pk in theme.examples if pk in comments],
            [one for one in living if one.kind == theme.kind and one.pk != theme.pk],
        )
        for theme in found
        if theme.state == ThemeState.SUGGESTED and theme.commenters >= FEWEST
    ]
    put_away = [one for one in found if one.state not in LIVING]
    return Suggestions(ThemeSearch(day=day, **search), shown[:AT_FIRST], shown[AT_FIRST:], put_away)


def suggested_in(workspace: Workspace) -> QuerySet[Theme]:
    """What is suggested at any touchpoint of a workspace, most named first."""
    themes = Theme.objects.of(workspace).filter(state=ThemeState.SUGGESTED, commenters__gte=FEWEST)
    here = themes.filter(touchpoint__archived_at=None, touchpoint__theme_search__isnull=False)
    return here.select_related("touchpoint__theme_search").order_by("-commenters", "id")
