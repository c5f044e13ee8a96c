"""How long a person's record has to be kept because money was owed to them."""
