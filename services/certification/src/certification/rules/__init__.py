"""What the policies say of assessments, as tables: routes and fees."""
