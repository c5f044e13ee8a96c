"""Who is proposed for which vacancy, and why."""
