"""What people say, as HTML."""

from itertools import cycle

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from workspaces.mentions import pattern
from workspaces.talk import Heard

register = template.Library()


@register.filter
def spoken(heard: Heard) -> SafeString:
    """Return the text of a comment with the members whom it mentions standing out; lines stay lines by its style."""
    if not heard.mentioned:
        return format_html("{}", heard.comment.text)
    parts = pattern(heard.mentioned).split(heard.comment.text)  # every other one is a name
    marks = cycle(("{}", '<b class="mention">@{}</b>'))
    return format_html_join("", "{}", ((format_html(mark, part),) for mark, part in zip(marks, parts, strict=False)))
