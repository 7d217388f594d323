"""What could tell who a customer is, taken out of a comment before it is stored.

By shape alone: a mask too many costs a word, one too few a customer's privacy. Names of customers are not looked for.
"""

import re

MASK = "•••"

# A booking or customer number is what follows such a word, if it holds a digit or is all capitals.
NAMED = (
    r"(?:booking|reservation|order|ticket|invoice|customer|account|member(?:ship)?|pnr"
    r"|buchung\w*|reservierung\w*|auftrag\w*|bestell\w*|rechnung\w*|kund(?:e|in|en)\w*|konto\w*|vertrag\w*)"
)
NUMBERED = r"(?:[\s-]*(?:id|code|number|no|nr|nummer|reference|ref)\b\.?)?[\s:#]*"

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
DIGIT = re.compile(r"\d")
CAPITALS = re.compile(r"[A-Z]{5}")

# Each with the fewest digits that it takes: most comments hold few or none, and need not be searched for it.
PATTERNS = tuple(
    (digits, re.compile(pattern))
    for digits, pattern in (
        # IBAN: country, two check digits, and blocks of which each but the bank's own holds a digit
        (3, r"(?i)\b[a-z]{2}\d{2} ?[a-z0-9]{4}(?: ?(?=[a-z]{0,3}\d)[a-z0-9]{1,4}){2,7}\b"),
        # cards: 13 to 19 digits, in blocks or not
        (13, r"(?<![\w.])\d(?:[ -]?\d){12,18}(?!\w)"),
        # telephone numbers: with + or 00, or 0 and no day of a calendar, or as Americans write them
        (2, r"(?<!\w)(?:\+|00)\d[\d ()/.-]{5,}\d"),
        (7, r"(?<![\w.,:/-])\(?0(?!\d?[./-]\d{1,2}[./-](?:\d{2,4})?)\d{1,5}\)?(?:[ /.-]{0,3}\d){5,10}(?!\w)"),
        (10, r"(?<!\w)\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\w)"),
        # codes that are named as such
        (
            0,
            rf"(?i:(?<=\b)({NAMED}){NUMBERED})((?=[A-Za-z-]*\d)[A-Za-z0-9][A-Za-z0-9-]{{3,}}|[A-Z]{{5,}})\b",
        ),
        # codes by themselves: capitals and digits mixed more than once, as in X7K2QP; ICE1703 is a train
        (1, r"\b(?=[A-Z0-9]{6,12}\b)(?=(?:[0-9]*[A-Z]){2})(?![A-Z]+[0-9]+\b)[A-Z0-9]*[0-9][A-Z0-9]*\b"),
        # what else has seven digits and more
        (7, r"(?<![\w.,])\d{7,}(?!\w)"),
    )
)


def masked(text: str) -> str:
    """The text without e-mail addresses, telephone, account and card numbers, and codes like those of bookings."""
    if "@" in text:
        text = EMAIL.sub(MASK, text)
    digits = len(DIGIT.findall(text))
    if digits or CAPITALS.search(text):
        for least, pattern in PATTERNS:
            if digits >= least:
                text = pattern.sub(_mask, text)
    return text


def _mask(found: "re.Match[str]") -> str:
    # A code keeps the word that names it.
    named = found.re.groups and found.group(0)[: found.start(2) - found.start()]
    return f"{named or ''}{MASK}"
