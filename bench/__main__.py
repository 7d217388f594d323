"""`python -m bench NAME ARGUMENTS`, as `manage.py bench` runs it: on a database of its own."""

import importlib
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
importlib.import_module(f"bench.{sys.argv[1]}").main(sys.argv[2:])
