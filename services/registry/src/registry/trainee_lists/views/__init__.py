"""Read models of trainee lists."""
