"""What the policies say of jobs, as tables: who needs a certificate, what a month and a year of work are, and how often
a worker is visited."""
