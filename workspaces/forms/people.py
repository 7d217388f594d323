"""What people say about themselves."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from workspaces.models import Membership, User


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]
    """Name, language, look and mails. It changes only what was posted: the menus send one thing each."""

    class Meta:
        model = User
        fields = ["name", "language", "theme", "mail_about"]
        widgets = {
            "theme": forms.RadioSelect,
            "mail_about": forms.RadioSelect,
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Each language by its own name: whoever looks for it may not read the one that is shown.
        own_names = [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]
        self.fields["language"].choices = [("", _("as the browser")), *own_names]  # type: ignore[attr-defined]
        if self.is_bound:
            for name in set(self.fields) - set(self.data):
                del self.fields[name]


class DigestForm(forms.Form):
    """On which weekdays somebody is told what has happened in a workspace; none is a choice, too."""

    days = forms.TypedMultipleChoiceField(
        choices=[(number + 1, name) for number, name in WEEKDAYS.items()],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: QueryDict | None = None, *, member: Membership) -> None:
        super().__init__(data, auto_id=f"digest-{member.pk}-%s", initial={"days": member.digest_days})
        self.member = member


class JoinForm(forms.Form):
    """What somebody new says to join."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        max_length=500,
        strip=False,
        help_text=password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Refuse passwords that are short, common or like the name."""
        given = super().clean() or {}
        try:
            validate_password(given.get("password", ""), User(email=self.email, name=given.get("name", "")))
        except forms.ValidationError as error:
            self.add_error("password", error)
        return given
