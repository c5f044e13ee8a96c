"""Lists of trainees, given to the labour department and the institutions, who confirm the receipt."""
