"""How the audit trail reads: kinds and verbs in people's words."""

from django import template
from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workspaces.models import AuditEntry

register = template.Library()

# The second half of a verb such as "member.role".
DONE: dict[str, Promise] = {
    "accept": gettext_lazy("accepted"),
    "acknowledge": gettext_lazy("acknowledged"),
    "add": gettext_lazy("added"),
    "begin": gettext_lazy("begun"),
    "archive": gettext_lazy("archived"),
    "choose": gettext_lazy("given other touchpoints to compare with"),
    "close": gettext_lazy("closed"),
    "cost": gettext_lazy("given costs and benefits"),
    "create": gettext_lazy("created"),
    "delete": gettext_lazy("deleted"),
    "discard": gettext_lazy("discarded"),
    "dismiss": gettext_lazy("dismissed"),
    "edit": gettext_lazy("edited"),
    "lift": gettext_lazy("lifted"),
    "export": gettext_lazy("handed out"),
    "end": gettext_lazy("ended"),
    "make": gettext_lazy("created"),
    "merge": gettext_lazy("merged into another"),
    "move": gettext_lazy("moved"),
    "open": gettext_lazy("opened"),
    "pause": gettext_lazy("paused"),
    "remove": gettext_lazy("removed"),
    "resend": gettext_lazy("sent again"),
    "reopen": gettext_lazy("reopened"),
    "resolve": gettext_lazy("resolved"),
    "resume": gettext_lazy("resumed"),
    "restore": gettext_lazy("restored"),
    "save": gettext_lazy("saved"),
    "store": gettext_lazy("stored"),
    "revoke": gettext_lazy("revoked"),
    "role": gettext_lazy("given another role"),
    "roll": gettext_lazy("given a new secret"),
    "take": gettext_lazy("taken in hand"),
    "undo": gettext_lazy("taken back"),
    "withdraw": gettext_lazy("withdrawn"),
}
KINDS = {model._meta.model_name: model._meta for model in apps.get_models()}


@register.filter
def done(verb: str) -> Promise | str:
    """Return what was done, as a word; a verb that has none is shown as it is kept."""
    word = verb.rpartition(".")[2]
    return DONE.get(word, word)


@register.simple_tag
def audited(entry: AuditEntry) -> str:
    """Return the row that an entry is about: its kind and number, for values are not kept."""
    kind, _space, number = entry.target.partition(" ")
    name = KINDS[kind].verbose_name if kind in KINDS else kind
    return _("%(kind)s no. %(number)s") % {"kind": name, "number": number}
