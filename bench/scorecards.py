"""The table of the scorecards: statements whatever it holds, and how much of it travels.

`manage.py bench scorecards [--small 50] [--large 1000]`. Statements are those of the whole request.
"""

import gzip

from django.urls import reverse

from bench.frame import arguments, figure, interleaved, statements
from bench.frame_map import Editor, drawn


def main(words: list[str]) -> None:
    """Figures of `scorecards`."""
    sizes = arguments(words, small=50, large=1000)
    jobs = {}
    for touchpoints in (sizes.small, sizes.large):
        editor = Editor()
        drawn(editor, touchpoints)
        url = reverse("scorecards", args=[editor.workspace.slug])
        page = editor.ask(url)
        if page.status != 200:
            raise SystemExit(f"the table of {touchpoints} answers {page.status}")
        sent = statements(lambda editor=editor, url=url: editor.ask(url))
        figure(f"scorecards.statements.{touchpoints}", len(sent), "statements")
        figure(f"scorecards.html_gzip_kb.{touchpoints}", len(gzip.compress(page.body, 6)) / 1024, "kB")
        jobs[str(touchpoints)] = lambda editor=editor, url=url: editor.ask(url)
    for touchpoints, seconds in interleaved(jobs, rounds=10).items():
        figure(f"scorecards.page_ms.{touchpoints}", 1000 * seconds, "ms")
