"""The forms of what people say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workspaces.editing import ask_version
from workspaces.models import Comment, Membership, Thread

LONGEST = Comment._meta.get_field("text").max_length or 0


class CommentForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a comment says."""

    class Meta:
        model = Comment
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_version(self)


class NewCommentForm(CommentForm):
    """A new one, perhaps in answer to another. Whom it is meant for is chosen from a list, or named as @Name."""

    answers = forms.ModelChoiceField(Comment.objects.none(), required=False, widget=forms.HiddenInput)
    mention = forms.ModelChoiceField(Membership.objects.none(), required=False, label=_("Mention"))

    def __init__(self, *args: Any, thread: Thread | None, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Membership.objects.of(member.workspace).select_related("user").exclude(pk=member.pk)
        self.fields["mention"].queryset = others  # type: ignore[attr-defined]
        self.fields["answers"].queryset = Comment.objects.of(member.workspace).filter(thread=thread)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Whom the list names is named in the text, too: it is the text that says for whom a comment is."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = facts.pop("mention", None)
        if chosen and f"@{chosen}" not in facts.get("text", ""):
            facts["text"] = f"@{chosen} {facts.get('text', '')}".strip()
            if len(facts["text"]) > LONGEST:
                self.add_error("text", _("With the name it is longer than %(limit)d characters.") % {"limit": LONGEST})
        return facts
