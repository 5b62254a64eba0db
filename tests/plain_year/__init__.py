"""A generated school year and what it comes to by plain loops: what the control reports are checked against."""
