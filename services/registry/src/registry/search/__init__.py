"""Finding one worker by what somebody knows of them."""
