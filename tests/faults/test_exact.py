"""Killed at an exact instant: right before or after one call, or around the commit in it. Then the same command again."""

from __future__ import annotations

import os
import time
from typing import Any

import pytest

from tests.faults.story import Story

pytestmark = [pytest.mark.django_db]
SIB, JOBS, CLI = "vincula.national.sib.services.", "vincula.common.jobs.", "vincula.site.cli."
# Blocks small enough that the small country has several.
SMALL = "from vincula.national.sib.services import attribution, settling; attribution.BLOCK = dict.fromkeys(attribution.BLOCK, 300); settling.BLOCK = 10\n"
INTAKE = (
    "sib_vinculo",
    "sib_vinculo_versao",
    "sib_movimento",
    "sib_critica",
    "sib_arquivo",
    "sib_sequencia",
    "rpx",
)
RESUMED = "tinha sido interrompido e foi retomado"
ARRIVED = "já tinha chegado e estava por processar"
ANSWERED = "O resultado do primeiro envio deste arquivo está no seu RPX"
GOES_ON = "A consolidação tinha sido interrompida e foi retomada de onde parou."

# (instant, step, module:function, when, which call, what the repetition must say). "+": in the sample of `make test`.
INSTANTS: list[tuple[str, str, str, str, int, str]] = [
    # -- intake of a good file
    ("the file is being stored", "primeiro", SIB + "files:sync_folder", "before", 1, ""),
    ("the file is stored, nothing in the base", "primeiro", SIB + "receive:_enter", "before", 1, ""),
    ("+ its row is about to be committed", "primeiro", SIB + "receive:_enter", "before commit", 1, ""),
    ("its row is committed", "primeiro", SIB + "receive:_enter", "after commit", 1, ARRIVED),
    ("+ received, not yet in the queue", "primeiro", SIB + "work:enqueue", "before", 1, ARRIVED),
    ("in the queue", "primeiro", SIB + "work:enqueue", "after", 1, ARRIVED),
    ("processing begins", "primeiro", SIB + "intake:_process_one", "before", 1, ARRIVED),
    ("marked as being processed", "primeiro", SIB + "intake:_judge", "before", 1, RESUMED),
    ("+ between two runs", "segundo", SIB + "staging:Staging.add", "before", 3, RESUMED),
    ("in the middle of a run", "segundo", SIB + "staging:insert_rows", "after", 4, RESUMED),
    ("read, not published", "primeiro", SIB + "intake:publish", "before", 1, RESUMED),
    ("numbers taken", "primeiro", SIB + "publish:_take_numbers", "after", 1, RESUMED),
    ("half published", "segundo", SIB + "publish:_insert_new", "after", 1, RESUMED),
    ("+ about to commit the publication", "segundo", SIB + "intake:publish", "before commit", 1, RESUMED),
    ("+ publication committed", "segundo", SIB + "intake:publish", "after commit", 1, RESUMED),
    ("between PUBLICADO and the RPX", "primeiro", SIB + "intake:finish", "before", 1, RESUMED),
    ("the RPX has a name and no file", "primeiro", SIB + "answer:_name_rpx", "after", 1, RESUMED),
    ("half of the RPX is written", "primeiro", SIB + "answer:RpxWriter.included", "after", 1, RESUMED),
    ("+ the RPX is there, not said so", "primeiro", SIB + "answer:record", "before", 1, RESUMED),
    ("about to say PROCESSADO", "segundo", SIB + "answer:record", "after", 1, RESUMED),
    ("PROCESSADO, the job not ended", "primeiro", SIB + "intake:finish", "after", 1, ANSWERED),
    ("the job about to end", "primeiro", JOBS + "running:_end", "before", 1, ANSWERED),
    ("+ processed, the answer not handed over", "segundo", CLI + "sib:deliver", "before", 1, ANSWERED),
    # -- a rejected one
    ("+ judged wrong, not rejected", "errado", SIB + "intake:reject", "before", 1, RESUMED),
    ("its RPX written, not rejected", "errado", SIB + "reject:write_rejection_rpx", "after", 1, RESUMED),
    ("about to say REJEITADO", "errado", SIB + "reject:record", "after", 1, RESUMED),
    # -- closing
    ("+ ENCERRADA about to be committed", "close", SIB + "closing:record", "after", 1, ""),
    ("ENCERRADA, not drained", "close", SIB + "closing:_drain", "before", 1, ""),
    ("nothing attributed", "close", SIB + "closing:attribute", "before", 1, ""),
    ("+ between two blocks", "close", SIB + "attribution:block_query", "before", 4, GOES_ON),
    ("a block about to be committed", "close", "django.db.models:Model.save", "after", 3, GOES_ON),
    ("attributed, nothing settled", "close", SIB + "closing:settle", "before", 1, GOES_ON),
    ("+ numbers issued, not noted down", "close", SIB + "settling:_issue", "after", 2, GOES_ON),
    ("numbers about to be committed", "close", SIB + "settling:_issue", "before commit", 2, GOES_ON),
    ("a block settled", "close", SIB + "settling:_note_down", "after", 3, GOES_ON),
    ("the list for review about to be committed", "close", SIB + "settling:_list_for_review", "before commit", 1, GOES_ON),
    ("the list for review made", "close", SIB + "settling:_list_for_review", "after", 1, GOES_ON),
    ("all settled", "close", SIB + "closing:settle", "after", 1, GOES_ON),
    ("+ about to say CONSOLIDADA", "close", SIB + "closing:record", "after", 2, GOES_ON),
    ("consolidated, not told", "close", CLI + "sib:answer", "before", 1, ""),
    # -- CNX
    ("the CNX asked for", "cnx", SIB + "conference:_make", "before", 1, ""),
    ("half of the CNX written", "cnx", SIB + "conference:write_cnx", "after", 1, ""),
    ("+ the CNX is there, not said so", "cnx", SIB + "conference:_digest", "before", 1, ""),
    ("PRONTO, not handed over", "cnx", CLI + "sib:deliver", "before", 1, ""),
    # -- bases
    ("between two batches of the Receita", "receita", "vincula.national.receita.services:upsert_rows", "after", 1, ""),
]  # fmt: skip


def _rows() -> list[Any]:
    return [
        pytest.param(*rest, id=label.removeprefix("+ "), marks=() if label[0] == "+" else pytest.mark.long)
        for label, *rest in INSTANTS
    ]


@pytest.mark.parametrize(("name", "place", "when", "call", "says"), _rows())
def test_the_command_again_leaves_what_an_undisturbed_one_leaves(
    story: Story, name: str, place: str, when: str, call: int, says: str
) -> None:
    step = story.set_before(name)
    code = f"{SMALL}from tests.faults.traps import trap; trap({place!r}, {when!r}, {call})"
    ended = story.stage.run(*step.argv, code=code)
    assert ended.killed, ended
    again = story.again(step)
    assert says in again.err
    if not says:
        assert "retomad" not in again.err


def _killed(story: Story, name: str, place: str, when: str, call: int = 1) -> None:
    ended = story.stage.run(
        *story.steps[name].argv,
        code=f"from tests.faults.traps import trap; trap({place!r}, {when!r}, {call})",
    )
    assert ended.killed, ended


@pytest.mark.parametrize(
    ("place", "when"),
    [
        (SIB + "receive:reject", "before"),
        pytest.param(SIB + "reject:write_rejection_rpx", "after", marks=pytest.mark.long),
        pytest.param(SIB + "reject:record", "after", marks=pytest.mark.long),
    ],
)
def test_a_file_refused_by_its_name_gets_its_rpx_from_whoever_comes_next(
    story: Story, place: str, when: str
) -> None:
    """Its rejection is in the base from the start, so only the RPX can be missing."""
    step = story.set_before("sem-nome")
    _killed(story, "sem-nome", place, when)
    again = story.stage.run(*story.steps["segundo"].argv)  # any other sending
    assert "Retomado: sem nome.SBX" in again.err
    rows = story.stage.query("SELECT rpx, rejeicao, estado FROM sib_arquivo WHERE nome = 'sem nome.SBX'")
    assert len(rows) == 1
    assert rows[0][1:] == (26, "REJEITADO")
    text = (story.stage.data / "sib" / "rpx" / rows[0][0]).read_text(encoding="iso-8859-1")
    assert "<codigoMotivoRejeicao>26<" in text
    assert step.status == 1


def test_a_file_that_nobody_sends_again_is_finished_by_the_next_sending(story: Story) -> None:
    story.set_before("primeiro")
    _killed(story, "primeiro", SIB + "intake:publish", "before commit")
    again = story.stage.run(*story.steps["segundo"].argv)
    assert again.status == 0
    assert f"Retomado: {story.steps['primeiro'].argv[2].rsplit('/', 1)[-1]}" in again.err
    story.is_as_undisturbed(story.steps["segundo"])


@pytest.mark.parametrize("when", ["before commit", "after commit"])
def test_a_file_that_nobody_sends_again_is_finished_by_the_closing(story: Story, when: str) -> None:
    story.set_before("segundo")
    _killed(story, "segundo", SIB + "intake:publish", when)
    for name in ("errado", "sem-nome"):
        story.stage.run(*story.steps[name].argv)
    closed = story.again(story.steps["close"])
    assert closed.status == 0


def test_a_closing_killed_before_it_drained_is_completed_with_its_files(story: Story) -> None:
    """The second file has only arrived when the closing is killed; no other sending has taken it along."""
    story.set_before("segundo")
    _killed(story, "segundo", SIB + "work:enqueue", "before")
    _killed(story, "close", SIB + "closing:_drain", "before")
    again = story.stage.run(*story.steps["close"].argv)
    assert again.status == 0
    assert "Arquivos que esperavam, processados antes de encerrar: 1." in again.err
    story.is_as_undisturbed(story.steps["segundo"], only=INTAKE)


def test_what_a_kill_left_half_written_is_removed_by_the_purge_and_never_served(story: Story) -> None:
    story.set_before("primeiro")
    _killed(story, "primeiro", SIB + "answer:RpxWriter.included", "after")
    left = list((story.stage.data / "sib").rglob("*.parcial"))
    assert len(left) == 1
    assert left[0].name.startswith(".")
    story.again(story.steps["primeiro"])
    assert left[0].exists()
    os.utime(left[0], (time.time() - 2 * 86400,) * 2)
    assert story.stage.run("purge", "--json").status == 0
    assert not left[0].exists()
