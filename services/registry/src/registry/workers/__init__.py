"""Workers whom the province knows."""
