"""Official code tables that the product carries, each in its own small form. Pure."""
