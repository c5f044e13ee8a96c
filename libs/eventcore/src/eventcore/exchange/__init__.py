"""The border between provinces: signed, numbered envelopes over a Kafka that all provinces share.

It knows nothing of labour: which events go to which province is told by `Service.addressees`.
"""
