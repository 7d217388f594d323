"""Which address is told of what."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workspaces.editing import ask_version
from workspaces.models import WebhookEndpoint, WebhookEvent
from workspaces.outward import is_public, may_reach


class WebhookForm(forms.ModelForm):  # type: ignore[type-arg]
    """A webhook's name, its address, and the events that it wants."""

    class Meta:
        model = WebhookEndpoint
        fields = ["name", "url", "events"]
        widgets = {"url": forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = gettext_lazy("what it serves, for example “Tickets for complaints”")
        self.fields["url"].help_text = gettext_lazy("begins with https:// and can be reached in the internet")
        self.fields["events"] = forms.MultipleChoiceField(
            label=gettext_lazy("Is told when"),
            choices=WebhookEvent.choices,
            initial=WebhookEvent.values,
            widget=forms.CheckboxSelectMultiple,
        )
        ask_version(self)

    def clean_url(self) -> str:
        """An address that may be called; what its name stands for is looked at with each call."""
        url = str(self.cleaned_data["url"]).strip()
        try:
            parts = urlsplit(url)
            if may_reach(url):
                return url
        except ValueError as error:
            raise ValidationError(_("This is not an address that can be called.")) from error
        if parts.scheme != "https" or parts.username is not None or parts.fragment or parts.port == 0:
            raise ValidationError(_("The address must begin with https://, without a name, password or “#” in it."))
        URLValidator(schemes=["https"], message=_("This is not an address that can be called."))(url)
        try:
            literal = ipaddress.ip_address(str(parts.hostname))
        except ValueError:
            literal = None
        if parts.hostname == "localhost" or (literal and not is_public(literal)):
            raise ValidationError(_("This address lies in a network that may not be called."))
        return url
