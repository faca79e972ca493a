"""The load of the monthly archive of CNES."""

from vincula.national.cnes.loading.load import load_zip

__all__ = ["load_zip"]
