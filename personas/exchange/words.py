"""What sections and facts of a persona are called in files, in English and German."""

import re
import unicodedata

from personas.models import NoteKind

KINDS: dict[NoteKind, str] = {
    NoteKind.GOAL: "goals|goal|wants to|aims|motivations|ziele|ziel|will|motivation",
    NoteKind.NEED: "needs|core needs|key needs|user needs|bedürfnisse|bedarf|braucht",
    NoteKind.FRUSTRATION: "frustrations|challenges|key challenges|frustrationen|frust|ärgernisse|herausforderungen",
    NoteKind.PROBLEM: "everyday problems|problems|alltagsprobleme|probleme im alltag|probleme",
    NoteKind.CHANNEL: "preferred channels and media|preferred channels|channels|uses|media|bevorzugte kanäle und medien"
    "|bevorzugte kanäle|kanäle|nutzt|medien",
    NoteKind.THINKS: "thinks|thoughts|denkt|gedanken",
    NoteKind.FEELS: "feels|feelings|emotions|fühlt|gefühle",
    NoteKind.SAYS: "says|quotes|research quotes|key quotes|sagt|zitate|o-töne",
    NoteKind.DOES: "does|behaviours|behaviors|behavioural patterns|behavioral patterns|key activities|typical projects"
    "|typical work"
    "|tut|verhalten|macht",
    NoteKind.PAIN: "pains|pain points|pain points in detail|schmerzpunkte|schmerzen",
    NoteKind.GAIN: "gains|gewinne|nutzen",
}
FACTS: dict[str, str] = {
    "segment": "segment|type|typ|archetype",
    "share": "share of customers, %|share of customers|share|anteil der kunden, %|anteil|kundenanteil",
    "age": "age|alter",
    "household": "household|lives|family|haushalt|lebt|familie",
    "job": "work|job|role|occupation|profession|arbeit|beruf|rolle",
    "quote": "quote|zitat",
    "interviews": "interviews",
    "evidence": "evidence|datenlage",
    "review_date": "review on|review|prüfen am",
    "margin": "margin a year|marge im jahr",
    "retention": "stay for another year, %|bleiben ein weiteres jahr, %",
    "discount": "discount rate a year, %|abzinsung im jahr, %",
    "portrait": "portrait|porträt",
}
RESEARCHED = re.compile(r"(?i)research|interview|forschung|o-t[öo]ne")


def plain(text: str) -> str:
    """A name as names are compared: without case, emoji, or signs around it."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return re.sub(r"^[\W_]+|[^\w%)]+$", "", folded).strip()


OF_KIND = {word: kind for kind, names in KINDS.items() for word in names.split("|")}
OF_FACT = {word: fact for fact, names in FACTS.items() for word in names.split("|")}
WHERE = {"organisation", "organization", "company", "employer", "unternehmen", "firma", "arbeitgeber"}  # of a job
