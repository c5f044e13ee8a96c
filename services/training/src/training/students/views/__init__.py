"""Read models of students: one file each."""
