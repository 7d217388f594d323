"""What all REST resources have in common."""
