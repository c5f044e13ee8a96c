"""Follow-up of workers who have or lost a job: visits, one-to-one help, unemployment."""
