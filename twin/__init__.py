"""The cloud and the telephone network, offline."""
