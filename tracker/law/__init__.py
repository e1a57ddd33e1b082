"""Rules of law and of data about one record: pure functions over plain values, without a store and without a clock."""
