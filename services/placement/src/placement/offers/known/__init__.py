"""What home knows of vacancies that it may nominate for, of this province or of another."""
