"""Customers of a survey of one question, in a process of their own.

`python -m bench frame_customers HOST PATH RATE SECONDS`: so many a second come, whether or not those before have been
served, and what became of them is printed as JSON. The first page counts from when its customer came.
"""

import http.client
import itertools
import json
import random
import re
import threading
import time
from urllib.parse import urlencode

KEY = re.compile(r'name="filling" value="([^"]+)"')
AT_ONCE = 64
PATIENCE = 60.0  # seconds


class Customers:
    """Those who come; `seconds` by page: asked (the form), sent (the post), thanked."""

    def __init__(self, host: str, path: str, rate: int, seconds: int) -> None:
        self.host, self.path, self.rate, self.count = host, path, rate, rate * seconds
        self.numbers, self.taking = itertools.count(), threading.Lock()
        self.seconds: dict[str, list[float]] = {"asked": [], "sent": [], "thanked": []}
        self.problems: list[str] = []
        self.began = time.perf_counter() + 0.5

    def play(self) -> None:
        """One after the other who is due, on one connection."""
        line = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        while True:
            with self.taking:
                number = next(self.numbers)
            if number >= self.count:
                return
            due = self.began + number / self.rate
            time.sleep(max(0.0, due - time.perf_counter()))
            try:
                self.answer(line, due)
            except (OSError, http.client.HTTPException, LookupError) as problem:
                self.problems.append(f"customer {number}: {problem!r}")
                line.close()

    def answer(self, line: http.client.HTTPConnection, due: float) -> None:
        """Open the survey, send the answer, see the thanks."""
        page = self.ask(line, "asked", due, self.path)[1]
        found = KEY.search(page)
        if not found:
            raise LookupError("no form")
        body = urlencode({"filling": found[1], "answer": random.randint(1, 5)})
        where = self.ask(line, "sent", time.perf_counter(), self.path, body)[0]
        thanks = self.ask(line, "thanked", time.perf_counter(), where)[1]
        if "Thank you" not in thanks:
            raise LookupError("no thanks")

    def ask(
        self, line: http.client.HTTPConnection, page: str, since: float, path: str, body: str = ""
    ) -> tuple[str, str]:
        """Where the answer leads, and what it says."""
        method, headers = "POST" if body else "GET", {"Accept-Language": "en"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request(method, path, body or None, headers)
        response = line.getresponse()
        read = response.read().decode()
        self.seconds[page].append(time.perf_counter() - since)
        if response.status not in {200, 302}:
            raise LookupError(f"{method} was answered {response.status}")
        return response.headers.get("Location", ""), read


def main(words: list[str]) -> None:
    """Play them all."""
    host, path, rate, seconds = words[0], words[1], int(words[2]), int(words[3])
    all_of_them = Customers(host, path, rate, seconds)
    threads = [threading.Thread(target=all_of_them.play) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - all_of_them.began
    pages = {page: sorted(taken) for page, taken in all_of_them.seconds.items()}
    pages["page"] = sorted(itertools.chain(*pages.values()))
    told = {"came": all_of_them.count, "took": took, "pages": pages, "problems": all_of_them.problems[:5]}
    print(json.dumps(told))
