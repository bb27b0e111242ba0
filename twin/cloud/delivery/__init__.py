"""Delivery between services: event rules, streams, queues, Firehose, schedules, dead letters."""
