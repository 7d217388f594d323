"""The live stream only; pages and REST are WSGI."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("ETAPPE_PROCESS", "web")
django.setup()

from workspaces.stream import application  # noqa: E402 - Django must be there first

__all__ = ["application"]
