"""The form of a channel."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from touchpoints.models import Channel
from workspaces.editing import ask_version

# A set small enough to look through; the names are Lucide's.
ICONS = (
    ("smartphone", _("Phone with touch screen")),
    ("globe", _("Globe")),
    ("monitor", _("Screen")),
    ("phone", _("Telephone")),
    ("headset", _("Headset")),
    ("mail", _("Envelope")),
    ("mailbox", _("Mailbox")),
    ("message-circle", _("Speech bubble")),
    ("bell", _("Bell")),
    ("bot", _("Robot")),
    ("users", _("People")),
    ("store", _("Shop")),
    ("shopping-bag", _("Bag")),
    ("ticket", _("Ticket")),
    ("qr-code", _("QR code")),
    ("train-front", _("Train")),
    ("truck", _("Lorry")),
    ("package", _("Parcel")),
    ("signpost", _("Signpost")),
    ("building-2", _("Building")),
    ("megaphone", _("Megaphone")),
    ("newspaper", _("Newspaper")),
    ("tv", _("Television")),
    ("share-2", _("Shared post")),
    ("star", _("Star")),
    ("handshake", _("Handshake")),
    ("calendar", _("Calendar")),
    ("credit-card", _("Card")),
    ("circle-dot", _("Dot")),
)


class ChannelForm(forms.ModelForm):  # type: ignore[type-arg]
    """A channel's name and icon."""

    icon = forms.ChoiceField(label=_("Icon"), choices=ICONS, widget=forms.RadioSelect, initial="circle-dot")

    class Meta:
        model = Channel
        fields = ["name", "icon"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_version(self)
