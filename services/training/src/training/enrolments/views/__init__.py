"""Read models of enrolments."""
