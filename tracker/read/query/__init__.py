"""A query made SQL: values that the store knows, terms as conditions, and the statement that selects agreements."""
