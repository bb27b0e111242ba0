"""The ``trunkline`` command: the only place that sees every wing of the house."""
