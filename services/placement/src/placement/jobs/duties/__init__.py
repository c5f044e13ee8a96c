"""Who trains, places: the duty of a trainer to find work for its graduates, and to whom it was delegated."""
