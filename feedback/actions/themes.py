"""What the team makes of a theme that was suggested."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from feedback.actions.search import recount
from feedback.models import LIVING, Insight, Theme, ThemeSearch, ThemeState
from feedback.models.theme import MOST_TERMS
from workspaces import clock
from workspaces.access import locked
from workspaces.actions import record
from workspaces.errors import Refused, Stale
from workspaces.models import Actor
from workspaces.transactions import retried


@retried
def accept_theme(theme: Theme, *, by: Actor) -> Insight:
    """Make an insight of the theme, whose mentions are counted from now on. Accepted twice it is the same one."""
    now = locked(theme)
    made: Insight | None = Insight.objects.filter(theme=now).first()
    if made:
        return made
    if now.state not in LIVING:
        raise _no_suggestion()
    facts = {"touchpoint_id": now.touchpoint_id, "kind": now.kind, "text": now.label, "mentions": now.commenters}
    insight: Insight = Insight.objects.create(workspace=now.workspace, theme=now, **facts)
    record(now.workspace, "insight.create", insight, by=by)
    now.state = ThemeState.ACCEPTED
    _store(now, "accept", by=by)
    return insight


@retried
def rename_theme(theme: Theme, *, version: int, label: str, by: Actor) -> Theme:
    """Call the suggestion otherwise; searches keep that name. Raises Stale."""
    try:
        now = locked(theme, version)
    except Stale as stale:
        if getattr(stale.current, "label", None) != label:
            raise
        now = locked(theme)  # sent twice
    if now.state != ThemeState.SUGGESTED:
        raise _no_suggestion()
    if now.label != label:
        now.label, now.is_kept = label, True
        _store(now, "rename", by=by)
    return now


@retried
def merge_themes(into: Theme, others: Sequence[Theme], *, by: Actor) -> Theme:
    """Make these suggestions part of another theme of their kind and touchpoint: who names them names it.

    Those that are part of it already are left as they are. An insight made of it counts them, too.
    """
    held, themes = _locked_together([into, *others])
    whole, parts = themes[into.pk], [themes[one.pk] for one in others]
    if whole.state not in LIVING:
        raise _no_suggestion()
    new = [one for one in parts if one.merged_into_id != whole.pk]
    for one in new:
        if one.pk == whole.pk or (one.touchpoint_id, one.kind) != (whole.touchpoint_id, whole.kind):
            raise Refused(_("Only themes of the same kind at the same touchpoint become one."))
        if one.state != ThemeState.SUGGESTED:
            raise _no_suggestion()
        whole.terms = [*dict.fromkeys([*whole.terms, *one.terms])][:MOST_TERMS]
        one.state, one.merged_into = ThemeState.MERGED, whole
        _store(one, "merge", by=by)
        Theme.objects.filter(merged_into=one).update(merged_into=whole)
    if new:
        whole.is_kept = True
        _store(whole, "merge", by=by)
        recount(held)
        whole.refresh_from_db()
    return whole


@retried
def dismiss_theme(theme: Theme, *, by: Actor) -> Theme:
    """Take the suggestion away for good: no search brings it back. Twice is harmless."""
    now = locked(theme)
    if now.state != ThemeState.DISMISSED:
        if now.state != ThemeState.SUGGESTED:
            raise _no_suggestion()
        now.state = ThemeState.DISMISSED
        _store(now, "dismiss", by=by)
    return now


@retried
def restore_theme(theme: Theme, *, by: Actor) -> Theme:
    """Make a suggestion again of what was dismissed, or merged into another. Twice is harmless."""
    held, themes = _locked_together([one for one in (theme, theme.merged_into) if one])
    now = themes[theme.pk]
    if now.state == ThemeState.ACCEPTED:
        raise _no_suggestion()
    if now.state == ThemeState.SUGGESTED:
        return now
    whole = themes.get(now.merged_into_id) if now.merged_into_id else None
    now.state, now.merged_into, now.is_kept = ThemeState.SUGGESTED, None, True
    _store(now, "restore", by=by)
    if whole:
        whole.terms = [term for term in whole.terms if term not in now.terms or term == whole.leading]
        _store(whole, "restore", by=by)
    recount(held)
    now.refresh_from_db()
    return now


def _locked_together(themes: Sequence[Theme]) -> tuple[ThemeSearch, dict[int, Theme]]:
    """The search that found the first, and all by id as they are now: locked in the order that searches keep."""
    held = ThemeSearch.objects.select_for_update(no_key=True).get(touchpoint=themes[0].touchpoint_id)
    held.touchpoint = themes[0].touchpoint
    return held, {theme.pk: locked(theme) for theme in sorted(set(themes), key=lambda one: one.pk)}


def _store(theme: Theme, verb: str, *, by: Actor) -> None:
    theme.version += 1
    theme.updated_at = clock.now()
    theme.save()
    record(theme.workspace, f"theme.{verb}", theme, by=by)


def _no_suggestion() -> Refused:
    return Refused(_("This is no suggestion any more: somebody accepted, merged or dismissed it."))
