"""Pure decisions about interruptions: which one answers for a service at a moment, and which may be declared."""
