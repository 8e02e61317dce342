"""A process killed in the middle of turns: what was acknowledged is there afterwards, and the conversation goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from sqlalchemy import select

from shortlist import Recommender
from shortlist_tools.store import Store, tables

TALK = """
import sys
from pathlib import Path
from shortlist import Recommender
from shortlist.demo import FOLDER
rec = Recommender.open(sys.argv[1], model="offline", settings={"vector_index": "exact", "wait_for_seconds": 0})
if not rec.catalog.version or not len(rec.catalog):
    rec.catalog.ingest(FOLDER / "catalog" / "lamps.jsonl", schema=FOLDER / "schema.yaml")
number = 0
while True:
    number += 1
    reply = rec.reply(f"a lamp under {20 + number} dollars", session_id="s", user_id="u")
    print(reply.turn, flush=True)
"""


def test_every_acknowledged_turn_survives_kill_9(tmp_path: Path) -> None:
    database = tmp_path / "k.db"
    acknowledged = 0
    for turns_before_kill in (1, 4, 9):
        process = subprocess.Popen(
            [sys.executable, "-c", TALK, str(database)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        for _ in range(turns_before_kill):
            acknowledged = int(process.stdout.readline())
        os.kill(process.pid, signal.SIGKILL)
        rest = process.communicate()[0].split()
        acknowledged = int(rest[-1]) if rest else acknowledged
        store = Store.open(database)
        with store.read() as connection:
            rows = connection.execute(
                select(tables.turns.c.number, tables.turns.c.reply).order_by(tables.turns.c.number)
            ).all()
            state = connection.scalar(select(tables.sessions.c.state))
        store.close()
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        assert len(rows) >= acknowledged
        assert state["turns"] == len(rows)
        assert all(json.dumps(row.reply) for row in rows)
        acknowledged = len(rows)
    with Recommender.open(database, model="offline", settings={"vector_index": "exact"}) as again:
        assert again.reply("cheaper", session_id="s", user_id="u").turn == acknowledged + 1
