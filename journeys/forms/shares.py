"""What a share link is for, who may open it, and for how long."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.models import ShareLink
from workspaces import clock

LIVES = {7: _("7 days"), 30: _("30 days"), 90: _("90 days"), 0: _("until it is revoked")}


class ShareForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new share link."""

    days = forms.TypedChoiceField(label=_("Valid for"), coerce=int, choices=LIVES.items(), initial=30)
    password = forms.CharField(
        label=_("Password"),
        required=False,
        min_length=8,
        max_length=128,
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Asked of everyone who opens the link. Pass it on by another way than the link."),
    )

    class Meta:
        model = ShareLink
        fields = ["name"]
        help_texts = {"name": _("so that you know later which link to revoke, for example “Agency”")}

    def clean(self) -> dict[str, Any]:
        """Turn days into the moment when it ends."""
        given: dict[str, Any] = super().clean() or {}
        days = given.pop("days", 0)
        given["expires_at"] = clock.now() + datetime.timedelta(days=days) if days else None
        return given


class PasswordForm(forms.Form):
    """The password of a share link."""

    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
