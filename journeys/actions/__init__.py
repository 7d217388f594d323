"""What people do with journeys and their maps."""
