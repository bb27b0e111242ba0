"""What was said: transcripts without personal numbers, measures of a conversation, its categories."""
