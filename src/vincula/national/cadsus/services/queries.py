"""Look-ups. What reveals a person is audited by whoever asks: the base does not know for what purpose."""

from __future__ import annotations

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.cadsus.models import Cartao, Identificador, Pessoa, TipoIdentificador
from vincula.national.cadsus.services import lookups
from vincula.national.cadsus.services.records import DATA, Person


def find_by_cns(cns: str) -> Person | None:
    """The person to whom this number (15 digits) leads now, whichever of its numbers it is; None for a
    number never given.
    """
    holder = Cartao.objects.filter(cns=cns).values_list("pessoa_id", flat=True).first()
    return None if holder is None else get(holder)


def find_by_cpf(cpf: str) -> Outcome[Person | None]:
    """The person with this CPF (11 digits), None if there is none. Refused CPF_DISPUTADO: several claim
    it, and the base does not guess.
    """
    found = Identificador.objects.filter(tipo=TipoIdentificador.CPF, valor=cpf).first()
    if found is None:
        return Accepted(None)
    if found.disputado:
        return Refused(
            "CPF_DISPUTADO",
            "Mais de uma pessoa da base foi registrada com este CPF.",
            "O caso está na fila de revisão (vincula bases review); até lá, consulte pelo número do CNS.",
        )
    return Accepted(get(found.pessoa_id))


def root_of(person: int) -> int | None:
    """The registration in force of a person, by the id of any of his registrations; None for no such id."""
    return lookups.roots_of([person]).get(person)


def get(person: int) -> Person | None:
    """A registration by its id, as it stands; None if it does not exist."""
    found = Pessoa.objects.filter(pk=person).first()
    if found is None:
        return None
    numbers = Cartao.objects.filter(pessoa_id=person).values_list("cns", flat=True)
    others = sorted(set(numbers) - {found.cns_mestre})
    return Person(
        pessoa_id=found.pk,
        cns_mestre=found.cns_mestre,
        cns=tuple(([found.cns_mestre] if found.cns_mestre else []) + others),
        cpf=found.cpf or _cpf_of(found.pk),
        qualidade=found.qualidade,
        ativa=found.ativa,
        simulado=found.simulado,
        data={name: getattr(found, name) for name in DATA},
        registro=found.registro_origem,
    )


def _cpf_of(root: int) -> str:
    """The CPF that came with a registration united into this one."""
    found = Identificador.objects.filter(tipo=TipoIdentificador.CPF, pessoa_id=root, disputado=False)
    return found.values_list("valor", flat=True).order_by("valor").first() or ""
