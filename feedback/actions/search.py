"""Searching comments for themes, and counting those that are known already."""

import datetime
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from math import inf

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import Q, QuerySet

from feedback.actions.heard import MOST_COMMENTS, Heard, Voices, comments_about, names_of_staff, naming, voices
from feedback.models import MONTHS, Insight, Response, Theme, ThemeSearch, ThemeState
from feedback.themes import Found, Kind, find, labels
from touchpoints.models import Touchpoint
from workspaces import clock
from workspaces.models import Workspace
from workspaces.transactions import retried

log = structlog.get_logger(__name__)

SEARCH = "feedback.search_imported"  # the task that searches what an import told about
EXAMPLES = 3
COUNTED = ("label", "leading", "terms", "commenters", "by_month", "first_named", "last_named", "examples", "version")


def search_due(*, within: float = inf) -> int:
    """Search all touchpoints for which a new day has begun since they were searched; return how many were.

    Nothing more is begun after `within` seconds. One that cannot be searched holds up no other.
    """
    zones = Workspace.objects.values_list("time_zone", flat=True).distinct()
    until, searched = time.monotonic() + within, 0
    for zone in set(zones):
        today = clock.today(Workspace(time_zone=zone).zone)
        due = Touchpoint.objects.filter(workspace__time_zone=zone, archived_at=None)
        due = due.filter(Q(theme_search=None) | Q(theme_search__day__lt=today)).order_by("id")
        searched += search_all(due, until=until)
    return searched


def search_imported(job_id: int, *, within: float = inf) -> int:
    """Search the touchpoints of which an import brought comments; return how many were."""
    subjects = Response.objects.filter(job=job_id).exclude(text="").values("subject")
    touchpoints = Touchpoint.objects.filter(subject__in=subjects, archived_at=None)
    return search_all(touchpoints, until=time.monotonic() + within)


def search_all(touchpoints: QuerySet[Touchpoint], *, until: float = inf) -> int:
    """Search these touchpoints, each in a transaction of its own, and return how many were."""
    searched = 0
    for touchpoint in touchpoints.select_related("workspace"):
        if time.monotonic() >= until:
            break
        try:
            searched += search_themes(touchpoint)
        except SoftTimeLimitExceeded:
            raise
        except Exception:
            log.exception("themes_not_searched", touchpoint=touchpoint.pk)
    return searched


@retried
def search_themes(touchpoint: Touchpoint) -> bool:
    """Suggest the themes of a touchpoint's comments as they are today, and count those that people decided about.

    A theme is known again by its leading term, so that what was dismissed does not come back. A suggestion that nobody
    touched and that stands out no longer goes. Twice is harmless; False when another worker is at it.
    """
    first = ThemeSearch(
        workspace=touchpoint.workspace, touchpoint=touchpoint, day=clock.today(touchpoint.workspace.zone)
    )
    ThemeSearch.objects.bulk_create([first], ignore_conflicts=True)
    held = ThemeSearch.objects.select_for_update(no_key=True, skip_locked=True).filter(touchpoint=touchpoint).first()
    if held is None:
        return False
    comments = comments_about(touchpoint)
    told = voices(comments, names_of_staff(touchpoint.workspace))
    found = find(told.commenters)
    held.day = clock.today(touchpoint.workspace.zone)
    _count_all(held, _known_again(touchpoint, told, _themes_of(held), found), comments, told)
    return True


def recount(held: ThemeSearch) -> None:
    """Count all themes of a touchpoint anew, after terms of some changed. `held`: its search, locked before them.

    All, so that of each as many customers are told as of the others: "named by 7 of 30" never has more than 30.
    """
    comments = comments_about(held.touchpoint)
    told = voices(comments, names_of_staff(held.touchpoint.workspace))
    _count_all(held, _themes_of(held), comments, told)


def _themes_of(held: ThemeSearch) -> list[Theme]:
    return list(Theme.objects.select_for_update(no_key=True).filter(touchpoint=held.touchpoint_id).order_by("id"))


def _count_all(held: ThemeSearch, themes: list[Theme], comments: Sequence[Heard], told: Voices) -> None:
    count(themes, told, today=clock.today(held.touchpoint.workspace.zone))
    held.commenters, held.is_all = len(told.commenters), len(comments) < MOST_COMMENTS
    held.save()


def count(themes: Sequence[Theme], told: Voices, *, today: datetime.date) -> None:
    """Count who names these themes, and store what changed; so do the insights made of them."""
    for kind in {Kind(theme.kind) for theme in themes}:
        of_kind = [theme for theme in themes if theme.kind == kind]
        for theme, named in zip(of_kind, naming(told, kind, [theme.terms for theme in of_kind]), strict=True):
            _count(theme, named, today)
    stored = {row.pop("pk"): row for row in Theme.objects.filter(pk__in=_ids(themes)).values("pk", *COUNTED)}
    changed = [theme for theme in themes if stored[theme.pk] != {name: getattr(theme, name) for name in COUNTED}]
    for theme in changed:
        theme.updated_at = clock.now()
    Theme.objects.bulk_update(changed, [*COUNTED, "updated_at"])
    of_themes = Insight.objects.filter(theme__in=_ids(themes)).select_related("theme").order_by("id")
    for insight in of_themes.select_for_update(no_key=True, of=("self",)):
        if insight.theme and insight.mentions != insight.theme.commenters:
            insight.mentions = insight.theme.commenters
            insight.version += 1  # by which maps know that they are old
            insight.save()


def _known_again(
    touchpoint: Touchpoint, told: Voices, themes: list[Theme], found: dict[Kind, list[Found]]
) -> list[Theme]:
    """The themes with what was found: new suggestions among them, without those that are none any longer."""
    texts = [one.text for said in told.comments for one in said]
    found_terms = [group.terms for groups in found.values() for group in groups]
    named = dict(zip(found_terms, labels(found_terms, texts), strict=True))
    kept = [theme for theme in themes if not _is_open(theme)]
    for kind, groups in found.items():
        known = {theme.leading: theme for theme in themes if theme.kind == kind}
        led = [group for group in groups if group.terms[0] in known]
        for group in (*led, *(group for group in groups if group not in led)):
            theme = known.get(group.terms[0]) or next((one for one in known.values() if _shares(one, group)), None)
            if theme is None:
                kept.append(_suggest(touchpoint, kind, group, named[group.terms]))
            elif _is_open(theme):
                _renew(theme, group, named[group.terms])
                del known[next(leading for leading, one in known.items() if one is theme)]  # one theme, one group
                kept.append(theme)
    gone = [theme for theme in themes if theme not in kept]
    Theme.objects.filter(pk__in=_ids(gone)).delete()
    return kept


def _is_open(theme: Theme) -> bool:
    """Whether nobody has touched the suggestion yet."""
    return theme.state == ThemeState.SUGGESTED and not theme.is_kept


def _shares(theme: Theme, group: Found) -> bool:
    """Whether the leading term of one is among the terms of the other."""
    return group.terms[0] in theme.terms or theme.leading in group.terms


def _suggest(touchpoint: Touchpoint, kind: Kind, group: Found, label: str) -> Theme:
    theme: Theme = Theme.objects.create(
        workspace_id=touchpoint.workspace_id,
        touchpoint=touchpoint,
        kind=kind.value,
        label=label,
        leading=group.terms[0],
        terms=list(group.terms),
        by_month=[0] * MONTHS,
    )
    return theme


def _renew(theme: Theme, group: Found, label: str) -> None:
    if (theme.label, theme.leading, theme.terms) != (label, group.terms[0], list(group.terms)):
        theme.label, theme.leading, theme.terms = label, group.terms[0], list(group.terms)
        theme.version += 1


def _count(theme: Theme, named: Sequence[Heard], today: datetime.date) -> None:
    days = {one.submission: one.day for one in named}
    months = Counter(_months_ago(day, today) for day in days.values())
    theme.commenters = len(days)
    theme.by_month = [months[ago] for ago in range(MONTHS - 1, -1, -1)]
    theme.first_named, theme.last_named = min(days.values(), default=None), max(days.values(), default=None)
    newest = {one.text: one.response for one in reversed(named)}  # of equal texts
    theme.examples = sorted(newest.values(), key=[one.response for one in named].index)[:EXAMPLES]


def _months_ago(day: datetime.date, today: datetime.date) -> int:
    return 12 * (today.year - day.year) + today.month - day.month


def _ids(themes: Iterable[Theme]) -> list[int]:
    return [theme.pk for theme in themes]
