"""Addresses of personas, below /w/<slug>/."""

from django.urls import path

from personas import views

urlpatterns = [
    path("personas/", views.personas, name="personas"),
    path("personas/new/", views.persona_create, name="persona_create"),
    path("personas/<int:persona_id>/", views.persona, name="persona"),
    path("personas/<int:persona_id>/edit/", views.persona_edit, name="persona_edit"),
    path("personas/<int:persona_id>/archive/", views.persona_archive, name="persona_archive"),
    path("personas/<int:persona_id>/restore/", views.persona_restore, name="persona_restore"),
]
