"""What Trunkline means: the domain of a call centre as code, one package per capability."""
