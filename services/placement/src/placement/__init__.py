"""Who offers work, who goes where, and whether the job lasts."""
