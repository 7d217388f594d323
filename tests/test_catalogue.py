"""No text stays English because the extraction cannot see it."""

from pathlib import Path

import pytest

from config.management.commands import catalogue


def test_a_text_in_an_f_string_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = tmp_path / "code.py"
    code.write_text('plain = _("Limit")\nshown = f"{plain} in {currency}"\nwrong = f"{_(\'Limit\')} in {currency}"\n')
    monkeypatch.setattr(catalogue, "source_files", lambda: [code])
    assert list(catalogue.hidden()) == [f"{code}:3"]


def test_there_is_none_in_the_product() -> None:
    assert list(catalogue.hidden()) == []
