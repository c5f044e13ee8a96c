"""Payment batches: orders of one fund that another person approves over their hash; they go to the bank together."""
