"""The forms of journeys and of what stands on them."""
