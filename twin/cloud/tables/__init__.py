"""DynamoDB's data operations: in memory, as strict as AWS, and fast enough for a day of calls."""
