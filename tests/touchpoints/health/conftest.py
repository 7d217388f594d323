"""Property tests draw the same cases everywhere, and take the time they need on a busy machine."""

from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
