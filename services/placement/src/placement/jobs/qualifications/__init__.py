"""Certificates of workers, as far as placement was told of them: whether one held on the day of a hiring."""
