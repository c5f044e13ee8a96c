"""The archive of a class: four documents, made from events."""
