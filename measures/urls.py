"""Addresses of measures, below /w/<slug>/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
