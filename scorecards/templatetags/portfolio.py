"""The words of the portfolio: what a review says, and sums of what is known."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.models import Review, Verdict
from scorecards.portfolio import Portfolio, Sum
from workspaces.models import Workspace
from workspaces.money import in_short
from workspaces.templatetags.look import signed

register = template.Library()


@register.filter
def review_words(review: Review) -> str:
    """What a review says in short: “works, +11.0 (+8.0 to +14.0)”; without points while it is too early."""
    verdict = str(review.get_verdict_display())
    if review.verdict == Verdict.TOO_EARLY or review.effect is None or review.low is None or review.high is None:
        return verdict
    low, high = signed(review.low, 1), signed(review.high, 1)
    return _("%(verdict)s, %(effect)s (%(low)s to %(high)s)") % {
        "verdict": verdict,
        "effect": signed(review.effect, 1),
        "low": low,
        "high": high,
    }


@register.filter
def sum_words(amount: Sum, workspace: Workspace) -> str:
    """A sum of what is known: “€1.2M”, or a dash where it is known of none."""
    return "–" if amount.unknown and not amount.known else in_short(amount.known, workspace)


@register.filter
def unknown_words(amount: Sum) -> str:
    """Of how many it is unknown; empty where it is known of all."""
    if not amount.unknown:
        return ""
    told = ngettext("of %(counter)s unknown", "of %(counter)s unknown", amount.unknown)
    return told % {"counter": amount.unknown}


@register.filter
def portfolio_words(portfolio: Portfolio, workspace: Workspace) -> str:
    """What all of it comes to, in a sentence or two."""
    npv, count = portfolio.whole.npv, len(portfolio.lines)
    if npv.unknown == count:
        return _("Of no measure it is known what it is worth.")
    told = ngettext(
        "%(known)d measure is likely worth %(amount)s today.",
        "%(known)d measures are likely worth %(amount)s today.",
        count - npv.unknown,
    ) % {"known": count - npv.unknown, "amount": in_short(npv.known, workspace)}
    if not npv.unknown:
        return told
    unknown = _("Of %(number)d it is unknown, which is not 0.") % {"number": npv.unknown}
    return f"{told} {unknown}"
