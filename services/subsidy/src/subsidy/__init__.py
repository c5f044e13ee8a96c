"""What is owed by which rule, paid once, and explained."""
