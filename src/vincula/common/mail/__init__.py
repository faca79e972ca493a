"""Mail that leaves the installation: queued in the caller's transaction, delivered by the worker."""
