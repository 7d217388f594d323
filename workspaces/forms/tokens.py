"""What a token may, and for how long."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workspaces.models import ApiToken, Membership, Role, Scope

LIVES = {30: _("30 days"), 90: _("90 days"), 365: _("one year"), 0: _("until it is ended")}


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new token. Viewers make personal ones that read; service tokens take an admin."""

    days = forms.TypedChoiceField(label=_("Valid for"), coerce=int, choices=LIVES.items(), initial=90)

    class Meta:
        model = ApiToken
        fields = ["name", "scopes"]

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("which program uses it, for example “BI report”")
        scopes = Scope.choices if member.may(Role.EDITOR) else [(Scope.READ.value, Scope.READ.label)]
        self.fields["scopes"] = forms.MultipleChoiceField(
            label=_("May do"), choices=scopes, initial=[Scope.READ.value], widget=forms.CheckboxSelectMultiple
        )
        kinds = [("no", _("a program of the whole workspace; it outlives its maker's membership"))]
        own = [("yes", _("myself; it ends when I leave the workspace"))]
        self.fields["personal"] = forms.TypedChoiceField(
            label=_("For"),
            choices=[*kinds, *own] if member.may(Role.ADMIN) else own,
            initial="no" if member.may(Role.ADMIN) else "yes",
            coerce=lambda chosen: chosen == "yes",
            widget=forms.RadioSelect,
        )
        self.order_fields(["name", "scopes", "personal", "days"])

    def clean(self) -> dict[str, Any]:
        """Turn days into the moment when it ends."""
        given: dict[str, Any] = super().clean() or {}
        days = given.pop("days", 0)
        given["expires_at"] = timezone.now() + datetime.timedelta(days=days) if days else None
        return given
