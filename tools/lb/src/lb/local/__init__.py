"""Real PostgreSQL, Kafka and Zipkin as plain processes of one machine, without a container engine."""
