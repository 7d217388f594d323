"""Spreadsheets as people have them, made in the test."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from journeys.exchange.draft import KIND
from workspaces.models import Job, Workspace

LIST = (
    ["Phase", "Kontaktpunkt", "Kanal", "Kunde tut", "Emotion", "Schmerzpunkte", "Verantwortlich", "MoT", "Wetter"],
    ["Aufmerksamkeit", "Plakat", "Werbung", "Sieht hin", "0,5", "", "", "", "heiter"],
    ["Erwägung", "Fahrplan", "App", "", "-1", "zu klein\nveraltet", "Leitstelle", "x", ""],
    ["", "Tarife", "App", "", "-1.5", "", "Niemand", "vielleicht", ""],
    ["Kauf", "Automat", "Automat", "=SUMME(A1)", "7", "", "", "", ""],
    ["Nachher", "Umfrage", "E-Mail", "", "", "", "", "", ""],
)


def workbook(rows: Sequence[Sequence[Any]], *, merged: Sequence[str] = (), name: str = "Karte") -> bytes:
    """A workbook with one sheet; texts stay texts, whatever they look like. `merged`: ranges such as B1:C1."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for index, cell in enumerate(row):
                if cell != "":
                    sheet.write(number, index, cell)
        for area in merged:
            first = area.partition(":")[0]
            sheet.merge_range(area, rows[int(first[1:]) - 1][ord(first[0]) - 65])
    return file.getvalue()


def upload(client: Client, workspace: Workspace, content: bytes, *, name: str = "map.xlsx", key: str = "k") -> Any:
    """The answer to a file that is sent by the form."""
    body = {"file": SimpleUploadedFile(name, content), "text": "", "key": key}
    return client.post(reverse("sheet_create", args=[workspace.slug]), body)


def draft(workspace: Workspace) -> Job:
    """The newest one."""
    job: Job = Job.objects.of(workspace).filter(kind=KIND).latest("pk")
    return job


def at(name: str, job: Job) -> str:
    """An address of that draft."""
    return reverse(name, args=[job.workspace.slug, job.pk])
