"""The documented action types, one module a family, as the service's reference sorts them."""
