"""What SGOP decides: pure, and total over what a caller may hand over. `words` the terms, `checks` who may ask,
`moves` who may decide what, `entry` who gets in.
"""
