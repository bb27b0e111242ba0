"""Lambda: functions, their handlers in this process or in one of their own, and retries."""
