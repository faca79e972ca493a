"""The readings of the hash that are computed side by side while a file is read."""

from __future__ import annotations

from collections.abc import Sequence

from vincula.formats.sib.digest import SCHEMA_LOCATION, Digest, HashDiagnosis


class Readings:
    """The definition, and with a root without schemaLocation also the reading with the constant prefix."""

    def __init__(self) -> None:
        self._digests = {HashDiagnosis.OK: Digest()}

    def root(self, attributes: Sequence[str], *, has_schema_location: bool) -> None:
        """The attributes of the root element come first."""
        if not has_schema_location:
            prefixed = Digest()
            prefixed.feed([SCHEMA_LOCATION])
            self._digests[HashDiagnosis.CONSTANT_PREFIX] = prefixed
        self.feed(attributes)

    def feed(self, values: Sequence[str]) -> None:
        """Adds values in document order."""
        for reading in self._digests.values():
            reading.feed(values)

    def results(self) -> dict[HashDiagnosis, str]:
        """The hash by each reading."""
        return {diagnosis: reading.hexdigest() for diagnosis, reading in self._digests.items()}


class Mistakes(Readings):
    """The typical mistakes, computed in a second reading only when the hash informed is none of the accepted."""

    def __init__(self) -> None:
        self._digests = {
            HashDiagnosis.UTF8: Digest("utf-8"),
            HashDiagnosis.TRIMMED: Digest(trim=True),
            HashDiagnosis.UTF8_TRIMMED: Digest("utf-8", trim=True),
            HashDiagnosis.WITHOUT_SCHEMA_LOCATION: Digest(),
        }

    def root(self, attributes: Sequence[str], *, has_schema_location: bool) -> None:
        for diagnosis, reading in self._digests.items():
            if diagnosis is not HashDiagnosis.WITHOUT_SCHEMA_LOCATION:
                reading.feed(attributes)
