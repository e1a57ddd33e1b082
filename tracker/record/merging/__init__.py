"""Two that become one: field by field, two records of an agreement, an object in the place of another."""
