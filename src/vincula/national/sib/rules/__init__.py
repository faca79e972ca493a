"""Pure decisions of SIB: no base, no clock, no files."""
