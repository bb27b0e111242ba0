"""CloudWatch dashboards as code: wallboard, supervisor, manager and operator."""

from .dashboards import Dashboards
from .sums import Sums

__all__ = ["Dashboards", "Sums"]
