"""Work: who works where, found how, since when and until when; what was earned; how old that knowledge is."""
