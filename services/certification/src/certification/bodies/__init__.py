"""Assessment bodies: what they may assess, with whom, and where beside their own site."""
