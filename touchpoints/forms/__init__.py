"""What touchpoints and channels are made of, and what the library can be searched by."""

from touchpoints.forms.channels import ChannelForm
from touchpoints.forms.events import EventForm
from touchpoints.forms.library import LibraryForm, TouchpointForm

__all__ = ["ChannelForm", "EventForm", "LibraryForm", "TouchpointForm"]
