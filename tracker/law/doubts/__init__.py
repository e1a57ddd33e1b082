"""What is doubtful in a record: rules of data quality, odd facts, and what is computed but not recorded."""
