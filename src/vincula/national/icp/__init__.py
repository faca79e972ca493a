"""ICP-Brasil certificates: who stands behind a client certificate, or why nobody does. Holds no table."""
