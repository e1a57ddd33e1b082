"""What consents bring about: when the condition of a treaty was met, when it entered into force, and for whom."""
