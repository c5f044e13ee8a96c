"""Shelves: claims that wait for a rule pack, by province and kind, until one is published."""
