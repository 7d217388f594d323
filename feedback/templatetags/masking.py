"""Customers' words as pages print them."""

from django import template

from feedback.masking import masked

register = template.Library()
register.filter(masked)
