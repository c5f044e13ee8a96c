"""A region asks for the basic data of workers who are in it now."""
