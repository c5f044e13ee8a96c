"""The keyed index of resident ID numbers, and the rotation of its key."""
