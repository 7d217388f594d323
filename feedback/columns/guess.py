"""Guessing what columns mean, by their names in English and German and by what they hold."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from feedback.columns.dates import guess_order, read_date
from feedback.columns.plan import ABOUT, Column, Part, Plan
from feedback.columns.profile import Profile
from touchpoints.health.metrics import Scale, scale_of

# Names that mean exactly this; case, accents and all but letters and digits aside.
NAMES: dict[Part, tuple[str, ...]] = {
    Part.ID: (
        "externalid",
        "id",
        "respnum",
        "responseid",
        "respondentid",
        "respondent",
        "caseid",
        "antwortid",
        "fragebogen",
        "fragebogennummer",
        "kennung",
        "externeid",
        "teilnehmer",
        "teilnehmernummer",
    ),
    Part.RESPONDENT: (
        "customer",
        "customerid",
        "customernumber",
        "customerno",
        "clientid",
        "kunde",
        "kundenid",
        "kundennummer",
        "kundennr",
        "kdnr",
        "befragter",
        "befragtennummer",
    ),
    Part.DATE: (
        "date",
        "datum",
        "day",
        "tag",
        "occurredat",
        "experiencedon",
        "recordeddate",
        "enddate",
        "submittedat",
        "timestamp",
        "interviewdate",
        "intdate",
        "zeitpunkt",
        "zeitstempel",
        "erlebtam",
        "befragungsdatum",
    ),
    Part.METRIC: ("metric", "kennzahl", "metrik", "messgrosse"),
    Part.SCORE: ("score", "value", "wert", "punkte", "punktzahl", "note"),
    Part.SCALE_MIN: ("scalemin", "scalelow", "skalamin", "skalavon", "skalenminimum"),
    Part.SCALE_MAX: ("scalemax", "scalehigh", "skalamax", "skalabis", "skalenmaximum"),
    Part.TOUCHPOINT: ("touchpoint", "kontaktpunkt", "beruhrungspunkt"),
    Part.PERSONA: ("persona",),
    Part.SEGMENT: ("segment", "kundensegment", "customersegment"),
    Part.CHANNEL: ("channel", "kanal"),
    Part.DEVICE: ("device", "gerat", "endgerat"),
    Part.COMMENT: ("verbatim", "comment", "kommentar", "kundenstimme", "freitext", "anmerkung"),
    Part.WEIGHT: ("weight", "gewicht", "gewichtung"),
}
# Names of a questionnaire's id that tell who answered, where another column has the questionnaire's own.
WHO = frozenset(("respondentid", "respondent", "teilnehmer", "teilnehmernummer"))
IDS = frozenset(NAMES[Part.ID]) - WHO
# Words within a name that say what was asked.
QUESTIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"nps|netpro|promoter|weiterempf|recommend"), "nps"),
    (re.compile(r"csat|satisf|zufrieden"), "csat"),
    (re.compile(r"ces$|ces\d|effort|aufwand"), "ces"),
    (re.compile(r"rating|sterne|stars"), "rating"),
)
METRICS: dict[str, str] = {
    "nps": "nps", "netpromoterscore": "nps", "weiterempfehlung": "nps",
    "csat": "csat", "satisfaction": "csat", "zufriedenheit": "csat",
    "ces": "ces", "effort": "ces", "customereffortscore": "ces", "aufwand": "ces",
    "rating": "rating", "bewertung": "rating", "sterne": "rating",
    "expectation": "expectation", "erwartung": "expectation",
    "emotion": "emotion",
    "complaint": "complaint", "beschwerde": "complaint",
}  # fmt: skip
RARE = 0.005  # a code that fewer than this share of the answers bear is a slip, not a code


def key_of(name: str) -> str:
    """A name as it is compared: without case, accents and all but letters and digits."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in plain if sign.isalnum() and not unicodedata.combining(sign))


def guess_plan(
    profiles: Sequence[Profile], source: str, *, about: str = "", attributes: Mapping[str, str] = MappingProxyType({})
) -> Plan:
    """What the columns may mean. A person looks at it before anything happens.

    `about`: what questions are about unless told otherwise. `attributes`: their keys, by names as they are compared.
    """
    columns: dict[str, Column] = {}
    taken: set[Part] = set()
    has_id = any(key_of(found.name) in IDS for found in profiles)
    for found in profiles:
        part = _part(found, has_id=has_id)
        told = attributes.get(key_of(found.name), "") if part is Part.IGNORE else ""
        if told and all(column.attribute != told for column in columns.values()):
            columns[found.name] = Column(part=Part.ATTRIBUTE, attribute=told)
        if part is Part.IGNORE or part in taken:
            continue
        if part is not Part.COMMENT:
            taken.add(part)
        columns[found.name] = Column(part=part)
    if Part.SCORE in taken and Part.METRIC in taken:
        return Plan(columns=columns, source=source, order=_order(profiles, columns))
    for part in (Part.METRIC, Part.SCORE, Part.SCALE_MIN, Part.SCALE_MAX, Part.TOUCHPOINT):
        columns = {name: column for name, column in columns.items() if column.part != part}
    for found in profiles:
        if found.name not in columns and (question := _question(found, about)):
            columns[found.name] = question
    if not any(column.part == Part.QUESTION for column in columns.values()):
        columns = {name: column for name, column in columns.items() if column.part != Part.COMMENT}
    return Plan(columns=columns, source=source, order=_order(profiles, columns))


def _part(found: Profile, *, has_id: bool) -> Part:
    name = key_of(found.name)
    if has_id and name in WHO:
        return Part.RESPONDENT
    part = next((part for part, names in NAMES.items() if name in names), Part.IGNORE)
    if part is Part.DATE and not any(read_date(value, "dmy") or read_date(value, "mdy") for value, _ in found.samples):
        numbers = found.whole_numbers()
        return Part.DAY if numbers and all(1 <= number <= 31 for number in numbers) else Part.IGNORE
    return part


def _question(found: Profile, about: str) -> Column | None:
    name = key_of(f"{found.name} {found.wording}")
    metric = next((metric for words, metric in QUESTIONS if words.search(name)), None)
    numbers = found.whole_numbers()
    if metric is None or not numbers:
        return None
    scale = _scale(metric, numbers)
    if not about and metric == "nps":
        about = ABOUT.WORKSPACE.value
    return Column(part=Part.QUESTION, scale=scale.key, about=about, blanks=guess_blanks(found, scale))


def _scale(metric: str, numbers: dict[int, int]) -> Scale:
    """The metric's scale that most of the numbers lie on; the shorter of two equals."""
    codes = {"nps": ("0-10",), "rating": ("1-5",)}.get(metric, ("1-5", "1-7"))
    scales = [scale_of(metric, code) for code in codes]
    often = sum(numbers.values())
    fitting = [s for s in scales if sum(t for n, t in numbers.items() if n in s.values) > 0.9 * often]
    return fitting[0] if fitting else scales[-1]


def guess_blanks(found: Profile, scale: Scale) -> tuple[str, ...]:
    """Codes that may mean "no answer": what is not on the scale and yet occurs too often to be a slip."""
    if found.many:
        return ()
    often = max(3, RARE * found.filled)
    return tuple(
        value for value, times in found.values if times >= often and not isinstance(scale.read_text(value), int)
    )  # fmt: skip


def _order(profiles: Sequence[Profile], columns: dict[str, Column]) -> str:
    dates = [found for found in profiles if columns.get(found.name, Column()).part == Part.DATE]
    return guess_order(value for found in dates for value, _ in found.values)
