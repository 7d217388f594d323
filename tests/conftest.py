"""What every test may ask for."""

pytest_plugins = ["tests.processes", "tests.cast", "tests.answering", "tests.importing"]
