"""Who is who over provinces: the province that a number belongs to is asked before anybody gets an id here."""
