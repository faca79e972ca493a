"""A synthetic country for demos, tests and benches: people, operadoras, their files, and the truth of each record."""
