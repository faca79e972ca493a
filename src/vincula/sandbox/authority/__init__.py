"""The sandbox's certificate authority: every installation has its own, and none is ICP-Brasil.

A root and an intermediate are made in the data folder on first use; they issue client certificates in both profiles of
ICP-Brasil (access.md, 6.1) and the listeners' certificate for this machine. The public part is the default trust
folder of a sandbox; an installation that is no sandbox trusts none of it (national/icp).
"""

from vincula.sandbox.authority.authority import Authority, Issued, at_folder, current
from vincula.sandbox.authority.export import PFX_PASSWORD, export_client
from vincula.sandbox.authority.profiles import Profile, e_cnpj, e_cpf, selo_eletronico
from vincula.sandbox.authority.renewal import keep_fresh

__all__ = [
    "PFX_PASSWORD",
    "Authority",
    "Issued",
    "Profile",
    "at_folder",
    "current",
    "e_cnpj",
    "e_cpf",
    "export_client",
    "keep_fresh",
    "selo_eletronico",
]
