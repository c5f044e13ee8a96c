"""Other offices' systems: what they send and take is data, one file a system; reading and writing is one mechanism."""
