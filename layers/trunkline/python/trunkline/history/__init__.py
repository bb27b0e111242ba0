"""History: what happened, as columns in files that are asked with SQL, beyond what tables answer."""
