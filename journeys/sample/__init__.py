"""The sample workspace: an invented rail operator with a year of answers, so that the first screen is never empty."""

from journeys.sample.load import load_sample
from journeys.sample.offer import filling, offer, open_sample

__all__ = ["filling", "load_sample", "offer", "open_sample"]
