"""What happens before a caller reaches a queue: who calls, what the centre answers by itself, the survey.

Nothing here imports pydantic or boto3: the caller hears silence while an in-call function starts.
"""
