"""Counts in words."""

from django import template

from feedback.counted import words_for

register = template.Library()
register.filter("in_words", words_for)
