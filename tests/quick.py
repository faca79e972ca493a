"""Passwords that cost a test nothing: Argon2 as in life, of the least work it can be asked for.

What a password proves in these tests is that the right one enters and a wrong one does not. Commands run as processes of
their own keep the cost of life.
"""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    time_cost = 1
    memory_cost = 8  # KiB
    parallelism = 1


HASHERS = ["tests.quick.QuickArgon2"]
