"""Changes looked at and taken back."""
