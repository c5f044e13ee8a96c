"""Assessments: a session of a body with its candidates, their scores, and the results."""
