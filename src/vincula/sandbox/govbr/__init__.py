"""A simulated gov.br for sandboxes: the protocol of the official guide with synthetic people, on this machine alone."""
