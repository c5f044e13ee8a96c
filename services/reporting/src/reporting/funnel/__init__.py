"""The funnel: how many were surveyed, and how many of them were approved."""
