"""An icon is one path, and looks as its library draws it."""

import re
from zipfile import ZipFile

import pytest
from lucide._compat import open_binary
from playwright.sync_api import Browser

from workspaces.strokes import joined

SOFT = 16  # pixels of 9,216: where lines cross, their soft edges are laid over each other once instead of twice
DIFFERENCE = """async pairs => {
  const canvas = new OffscreenCanvas(96, 96).getContext("2d", { willReadFrequently: true });
  const drawn = async svg => {
    const image = new Image();
    image.src = "data:image/svg+xml," + encodeURIComponent(svg);
    await image.decode();
    canvas.clearRect(0, 0, 96, 96);
    canvas.drawImage(image, 0, 0, 96, 96);
    return canvas.getImageData(0, 0, 96, 96).data;
  };
  const differences = [];
  for (const [one, other] of pairs) {
    const [before, after] = [await drawn(one), await drawn(other)];
    if (!before.some(Boolean)) throw new Error("Nothing is drawn: " + one);
    differences.push(before.filter((ink, at) => Math.abs(ink - after[at]) > 99).length);
  }
  return differences;
}"""


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    """Every icon of the library: people may choose any for a channel."""
    with open_binary("lucide", "lucide.zip") as file, ZipFile(file) as names:
        return {name: names.read(name).decode() for name in names.namelist() if name.endswith(".svg")}


def test_an_icon_of_one_path_looks_as_its_library_draws_it(drawn: dict[str, str], browser: Browser) -> None:
    page = browser.new_page()
    differences = page.evaluate(DIFFERENCE, [[svg, joined(svg)] for svg in drawn.values()])
    page.close()
    assert len(drawn) > 1000
    assert not {name: pixels for name, pixels in zip(drawn, differences, strict=True) if pixels > SOFT}


def test_nearly_every_icon_is_one_element(drawn: dict[str, str]) -> None:
    several = [name for name, svg in drawn.items() if len(re.findall(r"<\w", joined(svg))) > 2]
    assert len(several) < len(drawn) / 30, several
