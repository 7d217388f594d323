"""What columns, lanes, phases and values are called in people's spreadsheets, in English and German."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from feedback.columns.guess import key_of
from touchpoints.models import PhaseKind


class Meaning(TextChoices):
    """What a column of a list, or a lane of a grid, says of touchpoints."""

    NOTHING = "nothing", _("not taken")
    PHASE = "phase", _("phase")
    TOUCHPOINT = "touchpoint", _("touchpoint")
    CHANNEL = "channel", _("channel")
    ACTION = "customer_action", _("customer does")
    QUOTE = "quote", _("quote")
    EMOTION = "assumed_emotion", _("assumed emotion")
    EXPECTATION = "expectation", _("expectation")
    PAINS = "pains", _("pain points")
    BACKSTAGE = "backstage", _("backstage")
    OWNER = "owner", pgettext_lazy("responsible", "Owner")
    MOMENT = "moment_of_truth", _("moment of truth")
    IMPORTANCE = "importance", _("importance")
    SHARE = "share", _("share of customers who pass, %")
    ALTERNATIVES = "alternative_group", _("alternative group")
    CONTACT = "contact", _("contact")
    DEVICE = "device", _("device")
    NOTE = "note", _("note")
    LANE = "lane", _("a lane of your own")


# Each word as `key_of` leaves it: small, without accents, letters and digits only.
HEADERS: dict[Meaning, str] = {
    Meaning.PHASE: "phase phasen phases stage stages stufe etappe journeyphase journeystage abschnitt section",
    Meaning.TOUCHPOINT: (
        "touchpoint touchpoints kontaktpunkt kontaktpunkte beruhrungspunkt beruhrungspunkte name moment step schritt "
        "touchpointname interaktion interaction"
    ),
    Meaning.CHANNEL: "channel channels kanal kanale medium media",
    Meaning.ACTION: (
        "customeraction customeractions customerdoes action actions doing aktion aktionen handlung handlungen kundetut "
        "kundenaktion kundenaktivitat aktivitat aktivitaten waskundentun wasderkundetut useraction useractions activity"
    ),
    Meaning.QUOTE: (
        "quote quotes zitat zitate kundenstimme kundenstimmen verbatim thinksandsays thoughts thinking gedanken denkt "
        "denktundsagt sagt says"
    ),
    Meaning.EMOTION: (
        "emotion emotions emotionen gefuhl gefuhle feeling feelings stimmung mood assumedemotion angenommeneemotion "
        "emotionskurve emotionalcurve wahrnehmung perception erlebnis experience"
    ),
    Meaning.EXPECTATION: "expectation expectations erwartung erwartungen",
    Meaning.PAINS: (
        "painpoint painpoints pain pains schmerzpunkt schmerzpunkte problem probleme problems frustration frustrations "
        "frustrationen argernis argernisse barriers hurden"
    ),
    Meaning.BACKSTAGE: (
        "backstage system systems systeme prozess prozesse process processes hinterderbuhne hintergrund intern "
        "hinterdenkulissen internalprocess supportprocesses"
    ),
    Meaning.OWNER: (
        "owner owners inhaber verantwortlich verantwortliche verantwortlicher verantwortung zustandig zustandigkeit "
        "responsible responsibility team abteilung department"
    ),
    Meaning.MOMENT: "momentoftruth mot momentsoftruth momentderwahrheit schlusselmoment wahrheitsmoment",
    Meaning.IMPORTANCE: "importance wichtigkeit bedeutung gewicht priority prioritat",
    Meaning.SHARE: (
        "share shareofcustomers shareofcustomerswhopass anteil anteilderkunden anteilderkundendiehiervorbeikommen "
        "reach reichweite"
    ),
    Meaning.ALTERNATIVES: "alternativegroup alternative alternatives alternativen alternativgruppe",
    Meaning.CONTACT: "contact kontaktart kontakt",
    Meaning.DEVICE: "device gerat endgerat devices gerate",
    Meaning.NOTE: "note notes notiz notizen description beschreibung bemerkung bemerkungen comment kommentar",
}
PHASES: dict[PhaseKind, str] = {
    PhaseKind.AWARENESS: (
        "awareness aufmerksamkeit bewusstsein wahrnehmung discover discovery entdecken inspiration anregung need bedarf"
    ),
    PhaseKind.CONSIDERATION: (
        "consideration abwagung erwagung uberlegung evaluation bewertung vergleich research recherche information "
        "informieren interest interesse planung planning plan decide"
    ),
    PhaseKind.PURCHASE: (
        "purchase kauf kaufen buy buying acquisition entscheidung decision buchung buchen booking bestellung order "
        "abschluss conversion"
    ),
    PhaseKind.RETENTION: (
        "retention bindung erhalt kundenbindung nutzung use usage service onboarding delivery lieferung experience "
        "travel reise support betreuung postpurchase nachkauf loyalty loyalitat"
    ),
    PhaseKind.ADVOCACY: (
        "advocacy befurwortung weiterempfehlung empfehlung furspruch fursprache recommendation recommend referral "
        "share teilen loyaltyadvocacy"
    ),
}
YES = {"x", "1", "yes", "y", "true", "ja", "j", "wahr", "*", "★", "✓", "✔"}
NO = {"", "0", "no", "n", "false", "nein", "falsch", "-", "–"}
FEELINGS = {
    "verypositive": "2", "sehrpositiv": "2", "delighted": "2", "begeistert": "2", "sehrgut": "2", "verygood": "2",
    "positive": "1", "positiv": "1", "happy": "1", "zufrieden": "1", "gut": "1", "good": "1", "satisfied": "1",
    "neutral": "0", "okay": "0", "ok": "0", "mittel": "0",
    "negative": "-1", "negativ": "-1", "unzufrieden": "-1", "schlecht": "-1", "bad": "-1", "unhappy": "-1",
    "verynegative": "-2", "sehrnegativ": "-2", "frustrated": "-2", "frustriert": "-2", "sehrschlecht": "-2",
}  # fmt: skip
FACES = {
    "++": "2", "+": "1", "--": "-2", "😀": "2", "😃": "2", "😄": "2", "😍": "2", "🙂": "1", "😊": "1", ":-)": "1",
    ":)": "1", "😐": "0", ":-|": "0", ":|": "0", "🙁": "-1", "☹": "-1", ":-(": "-1", ":(": "-1", "😟": "-1", "😡": "-2",
    "😠": "-2", "😢": "-2",
}  # fmt: skip
DEGREES = {
    "high": 5,
    "hoch": 5,
    "veryhigh": 5,
    "sehrhoch": 5,
    "medium": 3,
    "mittel": 3,
    "low": 1,
    "niedrig": 1,
    "gering": 1,
}
CONTACTS = {
    "digital": "digital",
    "online": "digital",
    "personal": "personal",
    "personlich": "personal",
    "offline": "personal",
}
DEVICES = {
    "phone": "phone", "smartphone": "phone", "handy": "phone", "telefon": "phone", "mobile": "phone", "mobil": "phone",
    "tablet": "tablet", "computer": "computer", "pc": "computer", "laptop": "computer", "desktop": "computer",
    "terminal": "terminal", "automat": "terminal", "kiosk": "terminal", "other": "other", "otherdevice": "other",
    "anderes": "other", "anderesgerat": "other", "sonstiges": "other",
}  # fmt: skip
_MEANINGS = {word: meaning for meaning, words in HEADERS.items() for word in words.split()}
_KINDS = {word: kind for kind, words in PHASES.items() for word in words.split()}


def meaning_of(name: object) -> Meaning | None:
    """What a column or lane of that name says; with a remark behind it, such as “Emotion (−2 to +2)”, too."""
    text = str(name)
    return _MEANINGS.get(key_of(text)) or _MEANINGS.get(key_of(text.partition("(")[0]))


def phase_of(name: object) -> PhaseKind | None:
    """Which phase is meant; with a number before it, such as “1. Awareness”, or a remark behind it, too."""
    text = str(name)
    return _kind_of(text) or _kind_of(text.partition("(")[0])


def _kind_of(text: str) -> PhaseKind | None:
    word = key_of(text).lstrip("0123456789")
    for prefix in ("phase", "stage", "stufe"):
        word = word.removeprefix(prefix).lstrip("0123456789") or word
    return _KINDS.get(word)
