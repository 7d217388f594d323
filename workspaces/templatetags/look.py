"""How things look."""

from django import template

register = template.Library()
