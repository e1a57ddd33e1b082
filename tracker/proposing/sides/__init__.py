"""Who stands on the sides of an instrument: states and organisations, their ministries, and the people who sign."""
