"""What may be done with a worker's data: what is asked for, what happened, what holds now, in the worker's stream."""
