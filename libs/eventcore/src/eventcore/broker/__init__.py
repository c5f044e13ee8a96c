"""Kafka: publishing with acknowledgements that are checked, and taking in with offsets that follow the database.

The only package that imports aiokafka. It knows neither SQL nor the log. `producer.Publisher` is the relay's side,
`consumer.Intake` the inbox's, `topics` the operator's; `messages` has what crosses the border.
"""
