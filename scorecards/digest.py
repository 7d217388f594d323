"""The digest by mail: what has happened in a workspace since its member was last told. Its figures are Home's."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from feedback.freshness import Heard, sources_of
from feedback.models import Case
from feedback.sources import labels_of
from feedback.templatetags.freshness import heard_ago
from feedback.templatetags.sources import source_url
from journeys.models import Journey
from measures.models import Measure, Status
from personas.models import Persona
from scorecards import finding
from scorecards.activity import Deed, lately
from scorecards.asked import table_of
from scorecards.home import (
    OWN_SHOWN,
    SHOWN,
    Open,
    Standing,
    Standings,
    Waiting,
    open_alarms_of,
    standings_of,
    waiting_for,
)
from touchpoints.health.bands import Band
from touchpoints.models import Alarm, SubjectKind
from touchpoints.periods import USUAL
from touchpoints.templatetags.changes import verdict_word
from workspaces.actions import digest_off_link, last_told
from workspaces.mail import Written, written
from workspaces.models import Digest, Membership, Notice, Workspace
from workspaces.templatetags.look import moved
from workspaces.templatetags.moments import since as since_then

QUOTED = 120  # signs of a comment


@dataclass(frozen=True)
class Line:
    """What a line is about, the page that it leads to, a health with its band where one is shown, and what is said."""

    name: str
    path: str
    said: str = ""
    number: int | None = None
    band: Band | None = None

    @property
    def link(self) -> str:
        """The whole address."""
        return settings.SITE_URL + self.path


@dataclass(frozen=True)
class Part:
    """A part of a digest, and what is noted below its lines. `is_news`: whether it is a reason to be mailed."""

    heading: str
    lines: Sequence[Line]
    notes: Sequence[str] = ()
    is_news: bool = True


def written_for(digest: Digest) -> Written | None:
    """Say it in its member's language and the workspace's time; None where nothing is new and nothing waits."""
    member, workspace = digest.member, digest.workspace
    member.workspace = workspace
    language = member.user.language or workspace.language
    with override(language), timezone.override(workspace.zone):
        since = last_told(digest)
        parts = parts_of(member, since)
        if not any(part.is_news for part in parts):
            return None
        told = {"digest": digest, "since": since and since_then(since), "parts": parts, **_around(member, parts)}
        return written("scorecards/email/digest", language=language, in_html=True, **told)


def parts_of(member: Membership, since: datetime.datetime | None) -> list[Part]:
    """What there is to tell a member in the active language and zone; `since`: when they were last told, if ever."""
    workspace = member.workspace
    standings, alarms = standings_of(member), open_alarms_of(workspace, since)
    parts = [
        _changes(workspace, standings),
        _alarms(workspace, alarms, since),
        _waiting(workspace, waiting_for(member, standings, alarms)),
        _own(workspace, standings.own),
        _sources(workspace, [one for one in sources_of(workspace) if one.stopped and one.silent <= USUAL]),
        _activity([deed for deed in lately(workspace) if deed.by != member.user and (not since or deed.at > since)]),
    ]
    return [part for part in parts if part.lines]


def _around(member: Membership, parts: Sequence[Part]) -> dict[str, Any]:
    """What stands above and below the parts."""
    workspace = member.workspace
    scope = table_of(workspace, QueryDict()).scope
    return {
        "workspace": workspace,
        "news": ", ".join([part.heading for part in parts if part.is_news][:3]),
        "finding": finding.of_table(workspace, scope),
        "days": ", ".join(str(WEEKDAYS[day - 1]) for day in member.digest_days),
        "home": settings.SITE_URL + reverse("home", args=[workspace.slug]),
        "choice": settings.SITE_URL + reverse("preferences") + "#digests",
        "off": digest_off_link(member),
    }


def _changes(workspace: Workspace, standings: Standings) -> Part:
    shown = [*standings.fallen[:SHOWN], *standings.risen[:SHOWN]]
    heading = ngettext("%(moved)s change beyond chance", "%(moved)s changes beyond chance", standings.moved)
    compared = _("The last %(days)s days against the %(days)s before.") % {"days": USUAL}
    lines = [_stands(workspace, one, moved(one.change.delta or 0)) for one in shown]
    return Part(heading % {"moved": standings.moved}, lines, [*_more(standings.moved - len(shown)), compared])


def _alarms(workspace: Workspace, alarms: Open, since: datetime.datetime | None) -> Part:
    new = [alarm for alarm in alarms.alarms if since is None or alarm.raised_at > since]
    if since is None:
        heading = ngettext("%(open)s open alarm", "%(open)s open alarms", alarms.new) % {"open": alarms.new}
    else:
        heading = ngettext("%(number)d new alarm", "%(number)d new alarms", alarms.new) % {"number": alarms.new}
    others = alarms.number - alarms.new
    older = ngettext("%(number)d older one is still open.", "%(number)d older ones are still open.", others)
    notes = [*_more(len(new) - SHOWN), *([older % {"number": others}] if others else [])]
    return Part(heading, [_alarm(workspace, alarm) for alarm in new[:SHOWN]], notes)


def _alarm(workspace: Workspace, alarm: Alarm) -> Line:
    told = {"workspace": workspace, "told": alarm.told}
    name, said = (_in_words(f"scorecards/email/_alarm_{what}.txt", told) for what in ("about", "said"))
    return Line(name, reverse("alarm", args=[workspace.slug, alarm.pk]), said)


def _in_words(template: str, told: dict[str, Any]) -> str:
    return " ".join(render_to_string(template, told).split())


def _waiting(workspace: Workspace, waiting: Waiting) -> Part:
    heading = ngettext("%(things)s thing waits for you", "%(things)s things wait for you", waiting.number)
    about = _("Alarm about %(name)s")
    alarms = [
        Line(about % {"name": line.name}, line.path) for line in (_alarm(workspace, one) for one in waiting.alarms)
    ]
    cases = [_case(workspace, one) for one in waiting.cases]
    reviews = [_review(workspace, one) for one in waiting.reviews]
    measures = [_measure(workspace, one) for one in (*waiting.decisions, *waiting.effects)]
    lines = [*map(_spoken, waiting.notices), *cases, *alarms, *reviews, *measures]
    return Part(heading % {"things": waiting.number}, lines, _more(waiting.more))


def _spoken(notice: Notice) -> Line:
    comment = notice.comment
    text = " ".join(comment.text.split()) if comment else ""
    author = (comment and comment.author) or _("Somebody who has left")
    return Line(Truncator(text).chars(QUOTED), notice.link, f"{author} {notice.get_reason_display()}")


def _case(workspace: Workspace, case: Case) -> Line:
    kind = case.subject.kind
    about = workspace if kind == SubjectKind.WORKSPACE else getattr(case.subject, kind)
    when = _("overdue since %(due)s") if case.is_overdue else _("due by %(due)s")
    due = date_format(timezone.localtime(case.due_at), "SHORT_DATETIME_FORMAT")
    said = f"{case.get_severity_display()}, {when % {'due': due}}"
    return Line(f"{case}: {about}", reverse("case", args=[workspace.slug, case.pk]), said)


def _review(workspace: Workspace, one: Journey | Persona) -> Line:
    page = "journey" if isinstance(one, Journey) else "persona"
    overdue = _("Review overdue since %(day)s") % {"day": date_format(one.review_date)} if one.review_date else ""
    return Line(str(one), reverse(page, args=[workspace.slug, one.pk]), overdue)


def _measure(workspace: Workspace, one: Measure) -> Line:
    page = reverse("measure", args=[workspace.slug, one.pk])
    if one.status == Status.LIVE:
        live = _("live since %(day)s") % {"day": date_format(one.live_on)}
        return Line(_("Review whether %(measure)s works") % {"measure": one}, page, live)
    due = _("Decision %(day)s") % {"day": date_format(one.decide_on)}
    return Line(_("Decision about %(measure)s") % {"measure": one}, page, due)


def _own(workspace: Workspace, own: Sequence[Standing]) -> Part:
    more = len(own) - OWN_SHOWN
    better = ngettext(
        "and %(more)s more, whose health is better or unknown",
        "and %(more)s more, whose health is better or unknown",
        more,
    )
    lines = [_stands(workspace, one, _become(one)) for one in own[:OWN_SHOWN]]
    return Part(_("Your touchpoints"), lines, [better % {"more": more}] if more > 0 else [], is_news=False)


def _stands(workspace: Workspace, one: Standing, said: str) -> Line:
    path = reverse("touchpoint", args=[workspace.slug, one.touchpoint.pk])
    return Line(str(one.touchpoint), path, said, one.number, one.band)


def _become(one: Standing) -> str:
    """What has become of it, or when it was last heard."""
    if one.number is None and one.last_heard is None:
        return _("never heard")
    if one.number is None and one.last_heard:
        month = date_format(one.last_heard, "YEAR_MONTH_FORMAT")
        return _("unknown, last heard %(month)s") % {"month": month}
    change = one.change
    return f"{moved(change.delta)} {verdict_word(change)}" if change.delta is not None else str(verdict_word(change))


def _sources(workspace: Workspace, stopped: Sequence[Heard]) -> Part:
    number, shown = len(stopped), stopped[:SHOWN]
    names = labels_of(workspace, [one.source for one in shown])
    heading = ngettext("%(number)d source has stopped", "%(number)d sources have stopped", number)
    lines = [Line(names[one.source][0], source_url(workspace, one.source), heard_ago(one)) for one in shown]
    return Part(heading % {"number": number}, lines, _more(number - SHOWN))


def _activity(deeds: Sequence[Deed]) -> Part:
    return Part(_("Activity"), [_deed(deed) for deed in deeds[:SHOWN]], _more(len(deeds) - SHOWN))


def _deed(deed: Deed) -> Line:
    said = deed.text
    if deed.more:
        more = ngettext("and %(more)s more change", "and %(more)s more changes", deed.more)
        said = f"{said} {more % {'more': deed.more}}"
    return Line(deed.where, deed.url, f"{said} ({deed.by})" if deed.by else said)


def _more(number: int) -> list[str]:
    """That so many more are not listed."""
    if number <= 0:
        return []
    return [ngettext("and %(more)s more", "and %(more)s more", number) % {"more": number}]
