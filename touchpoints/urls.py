"""Addresses of touchpoints and channels, below /w/<slug>/."""

from django.urls import path

from touchpoints.views import channels, events, library

urlpatterns = [
    path("touchpoints/", library.touchpoints, name="touchpoints"),
    path("touchpoints/new/", library.touchpoint_create, name="touchpoint_create"),
    path("touchpoints/<int:touchpoint_id>/edit/", library.touchpoint_edit, name="touchpoint_edit"),
    path("touchpoints/<int:touchpoint_id>/restore/", library.touchpoint_restore, name="touchpoint_restore"),
    path("channels/", channels.channels, name="channels"),
    path("channels/start/", channels.channels_start, name="channels_start"),
    path("channels/new/", channels.channel_create, name="channel_create"),
    path("channels/<int:channel_id>/edit/", channels.channel_edit, name="channel_edit"),
    path("channels/<int:channel_id>/archive/", channels.channel_archive, name="channel_archive"),
    path("channels/<int:channel_id>/restore/", channels.channel_restore, name="channel_restore"),
    path("events/", events.events, name="events"),
    path("events/new/", events.event_create, name="event_create"),
    path("events/<int:event_id>/edit/", events.event_edit, name="event_edit"),
    path("events/<int:event_id>/archive/", events.event_archive, name="event_archive"),
    path("events/<int:event_id>/restore/", events.event_restore, name="event_restore"),
]
