"""Fetch the browser's libraries and fonts as `static/vendor/manifest.json` pins them, or check what is committed."""

import base64
import hashlib
import json
import subprocess
import tarfile
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

FOLDERS = ("vendor", "fonts")  # hold nothing but what the manifest names


class Command(BaseCommand):
    """Fetch, pin or check what the browser gets from others."""

    help = "Fetches vendored browser files with npm; --check compares the committed ones with their checksums, offline."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--check` reads only; `--pin` writes the checksums of what was fetched into the manifest."""
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--check", action="store_true", help="compare the committed files with the manifest, offline")
        how.add_argument("--pin", action="store_true", help="accept new versions: write their checksums down")

    def handle(self, *, check: bool, pin: bool, **options: Any) -> None:
        """Raise CommandError naming every file that differs from its pin."""
        static = Path(settings.BASE_DIR) / "static"
        path = static / "vendor" / "manifest.json"
        manifest = json.loads(path.read_text())
        if not check:
            for package in manifest["packages"]:
                fetch(package, static, pin=pin)
                self.stdout.write(f"{package['name']} {package['version']}")
        if pin:
            path.write_text(json.dumps(manifest, indent=2) + "\n")
        if wrong := differences(manifest, static):
            raise CommandError("Vendored files differ from static/vendor/manifest.json:\n  " + "\n  ".join(wrong))
        self.stdout.write("Every vendored file is as pinned.")


def sha512(content: bytes) -> str:
    """Return the checksum in the notation of subresource integrity, as npm writes it."""
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def fetch(package: dict[str, Any], static: Path, *, pin: bool) -> None:
    """Pack one package with npm, compare it with its pin, and put the files named into `static`.

    With `pin`, the checksums found are written into `package` instead. Raises CommandError where npm fails or a
    checksum differs.
    """
    with tempfile.TemporaryDirectory() as folder:
        name = f"{package['name']}@{package['version']}"
        try:
            command = ["npm", "pack", "--silent", "--ignore-scripts", name]
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError) as error:
            raise CommandError(f"npm could not pack {name}: {error}") from error
        archive = next(Path(folder).glob("*.tgz"))
        found = sha512(archive.read_bytes())
        if pin:
            package["sha512"] = found
        elif found != package["sha512"]:
            raise CommandError(f"{name} is {found}, but the manifest pins {package['sha512']}.")
        with tarfile.open(archive) as tar:
            for file in package["files"]:
                content = tar.extractfile("package/" + file["from"]).read()  # type: ignore[union-attr]
                if pin:
                    file["sha512"] = sha512(content)
                target = static / file["to"]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)


def differences(manifest: dict[str, Any], static: Path) -> list[str]:
    """Name every file that is missing, changed, or lies beside the pinned ones; empty when all is well."""
    pinned = {file["to"]: file["sha512"] for package in manifest["packages"] for file in package["files"]}
    wrong = []
    for name, checksum in sorted(pinned.items()):
        path = static / name
        if not path.is_file():
            wrong.append(f"{name}: missing")
        elif sha512(path.read_bytes()) != checksum:
            wrong.append(f"{name}: changed")
    present = {
        path.relative_to(static).as_posix()
        for folder in FOLDERS
        for path in (static / folder).rglob("*")
        if path.is_file()
    }
    return wrong + [
        f"{name}: not in the manifest" for name in sorted(present - pinned.keys() - {"vendor/manifest.json"})
    ]
