"""Words that are written in several languages, side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings

from feedback.wording import LONGEST


class Words:
    """The fields of a form in which one thing is said: `wording_en`, `wording_de`, with one label."""

    def __init__(self, form: forms.BaseForm, name: str, languages: Sequence[str]) -> None:
        self.form, self.name, self.languages = form, name, languages

    def __iter__(self) -> Any:
        return (self.form[f"{self.name}_{language}"] for language in self.languages)

    def add(self, label: Any, said: Mapping[str, str], *, rows: int = 2, needed: bool = False, **more: Any) -> None:
        """Give the form its fields, with what is said by now. `needed`: in the first language at least."""
        names = dict(settings.LANGUAGES)
        for language in self.languages:
            field = forms.CharField(
                label=f"{label} ({names[language]})" if len(self.languages) > 1 else label,
                widget=forms.Textarea(attrs={"rows": rows, "lang": language}),
                required=needed and language == self.languages[0],
                **{"max_length": LONGEST, **more},
            )
            self.form.fields[f"{self.name}_{language}"] = field
            self.form.initial[f"{self.name}_{language}"] = said.get(language, "")

    def taken(self, cleaned: dict[str, Any], before: Mapping[str, str]) -> dict[str, str]:
        """What is said now, by language, out of the form's data; as before in languages that it does not ask for."""
        now = {language: cleaned.pop(f"{self.name}_{language}", "") for language in self.languages}
        return {language: text for language, text in {**before, **now}.items() if text}
