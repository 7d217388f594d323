"""What is kept of people, and what was erased, in words beside each number."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "submissions": _("questionnaires"),
    "answers": _("answers, kept as figures of nobody"),
    "comments": _("comments"),
    "cases": _("cases"),
    "notes": _("notes on cases"),
    "picked": _("notes on personas that quote them"),
    "notices": _("notices of such notes"),
    "fillings": _("surveys begun or sent"),
    "mentions": _("texts of the team that name them"),
    "files": _("files that wait to be imported"),
    "respondents": _("respondents"),
    "audit": _("entries of the audit log"),
    "quotes": _("finished imports that still showed cells"),
}


def words_for(counts: Mapping[str, int]) -> list[tuple[Promise, int]]:
    """Each count that is kept, in words, in one order."""
    return [(words, counts[name]) for name, words in WORDS.items() if name in counts]
