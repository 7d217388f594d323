"""The sample workspace: an invented rail operator with a year of answers, so that the first screen is never empty."""

from journeys.sample.load import load_sample

__all__ = ["load_sample"]
