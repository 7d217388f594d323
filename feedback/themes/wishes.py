"""How people say that they want something: the phrases of wishes, German and English."""

import re

from feedback.themes.words import fold, sentences

# Of folded sentences
PHRASES = re.compile(
    r"\b(?:"
    r"please|should(?! not\b)(?=\s+\w)|if only|(?:i|we) wish\w*|wish (?:you|there|it|they|i|we|for)\b|why not|how about"
    r"|(?:it )?would be (?:so |really |very )?(?:nice|good|great|better|helpful|useful|lovely|perfect|cool)(?: if| to)?"
    r"|(?:i |we )?would (?:love|like|prefer|appreciate|welcome)|could you|(?:could|can) (?:we|there|it) (?:have|be)"
    r"|it needs|(?:we|you) need|i miss"
    r"|bitte|soll(?:te|ten|test|tet)(?=\s+\w)|wuensch\w*|wuerde\w* (?:mir|mich|uns|gern|ich|wir)\w*"
    r"|(?:waere\w*|faende ich) (?:es |das |sie |er |hier |noch |so |sehr |echt |wirklich )*"
    r"(?:schoen|gut|toll|super|hilfreich|besser|nett|prima|sinnvoll|perfekt|klasse)"
    r"|(?:haette\w*|moechte\w*) (?:ich |wir )?gern\w*|koennte\w* (?:man|sie|ihr)|vermisse\w*"
    r")\b"
)


def wishes_in(text: str) -> str:
    """The sentences of a text that say a wish, without the phrases that say that it is one; empty where none does."""
    found = []
    for sentence in sentences(text):
        left, times = PHRASES.subn(" • ", fold(sentence))
        if times:
            found.append(left)
    return ". ".join(found)
