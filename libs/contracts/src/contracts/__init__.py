"""The published language of LabourBridge: public events, value types, code systems. Nothing else is shared."""
