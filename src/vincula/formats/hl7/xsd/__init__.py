"""Schemas that the services share."""
