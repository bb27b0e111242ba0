"""Amazon Athena over the twin's S3: SQL that DuckDB runs, on the files that a caller may read."""
