"""Addresses of personas, below /w/<slug>/."""

from django.urls import path

from personas.views import personas

urlpatterns = [
    path("personas/", personas.personas, name="personas"),
    path("personas/new/", personas.persona_create, name="persona_create"),
    path("personas/<int:persona_id>/", personas.persona, name="persona"),
    path("personas/<int:persona_id>/edit/", personas.persona_edit, name="persona_edit"),
    path("personas/<int:persona_id>/archive/", personas.persona_archive, name="persona_archive"),
    path("personas/<int:persona_id>/restore/", personas.persona_restore, name="persona_restore"),
]
