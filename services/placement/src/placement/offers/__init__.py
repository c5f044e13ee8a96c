"""What work there is, by which agreement, and for whom: employers, vacancies, agreements, matching."""
