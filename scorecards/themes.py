"""The themes of a touchpoint as its page shows them, each with what customers said."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from feedback.actions.heard import DAYS, MOST_COMMENTS
from feedback.models import Response, Theme, ThemeSearch, ThemeState
from feedback.themes import FEWEST
from touchpoints.models import Touchpoint
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

    search: ThemeSearch | None
    first: Sequence[Suggestion]
    more: Sequence[Suggestion]
    put_away: Sequence[Theme]
    days: int = DAYS
    most: int = MOST_COMMENTS


def suggestions_at(touchpoint: Touchpoint) -> Suggestions:
    """What is suggested at a touchpoint, most named first: three statements. None below three customers is shown."""
    search = ThemeSearch.objects.of(touchpoint.workspace).filter(touchpoint=touchpoint).first()
    themes = list(Theme.objects.of(touchpoint.workspace).filter(touchpoint=touchpoint) if search else ())
    named = [one for one in themes if one.state == ThemeState.SUGGESTED and one.commenters >= FEWEST]
    wanted = [pk for one in named for pk in one.examples]
    said = Response.objects.of(touchpoint.workspace).filter(removed_at=None).exclude(text="").in_bulk(wanted)
    living = [one for one in themes if one.state in {ThemeState.SUGGESTED, ThemeState.ACCEPTED}]
    shown = [
        Suggestion(
            theme,
            [said[pk] for pk in theme.examples if pk in said],
            [one for one in living if one.kind == theme.kind and one.pk != theme.pk],
        )
        for theme in named
    ]
    put_away = [one for one in themes if one.state in {ThemeState.DISMISSED, ThemeState.MERGED}]
    return Suggestions(search, shown[:AT_FIRST], shown[AT_FIRST:], put_away)


def suggested_in(workspace: Workspace) -> QuerySet[Theme]:
    """What is suggested at any touchpoint of a workspace, most named first."""
    themes = Theme.objects.of(workspace).filter(state=ThemeState.SUGGESTED, commenters__gte=FEWEST)
    here = themes.filter(touchpoint__archived_at=None, touchpoint__theme_search__isnull=False)
    return here.select_related("touchpoint__theme_search").order_by("-commenters", "id")
