"""What the register accepts as an object, what must hold inside it, and the JSON Schema that says so."""
