"""Dates as exact as they are known: days, EDTF, what people type, ranges, periods and fiscal years."""
