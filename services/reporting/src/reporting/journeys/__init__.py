"""Journeys: what happened to one worker, step by step."""
