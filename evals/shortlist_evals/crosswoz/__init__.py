"""Chinese dialogues with annotated requirements, the human wizard's replies standing as what was said and shown.

The catalog is the restaurants, hotels and attractions of CrossWOZ, kinds by the field 领域. The user's turns of a
dialogue go to the whole agent one by one; after each, the wizard's reply and the entities in it take the place of ours
(`Recommender.note_reply`), so that the next turn is understood as the user meant it. Nothing is asked, ten items are
shown. Rules of scoring:

- **What is scored.** A turn is left out where it only asks about an entity that was found already (the annotation knows
  its name), only names one, or only speaks of metro and taxi; `silent` is the share of these that leave the ledger as
  it was. Greetings and thanks are scored: they ask for nothing.
- **Requirements.** Wanted are the user's `Inform` acts on an entity that is still looked for, as `annotated` reads
  them; found are the ledger's rows that the turn added, and those wanted that it repeats. Field, comparison and value
  must agree; hard or soft, `<` or `<=` are the same, an hour and "about an hour" too. The kind of entity, `Select`
  acts, names, and being near an entity that the message names are no requirements; `named` is the share of the entities
  named that the plan is about. `kept` is the share of all that was asked so far that is in force.
- **Slates.** Turns that look for an entity, but do not choose among what is near another one (a `Select` act, or its
  name): which those are is not among the requirements. An item fits when it is of the kind and meets all annotated
  requirements so far on the entity looked for; `satisfied` is the share of items shown that fit, 0 where none is shown.
  Where no entity can fit, `declined` says whether none was shown as if it did.
- **Questions about what was shown** are annotated as if they looked for an entity, but "which of the two is cheap
  enough?" wants an answer, no slate: a question without a word of seeking, about entities of a kind that the wizard
  named in the reply before, after which he names nothing new (27 turns of 1192). They count as no slates; `answered` is
  the share whose reply is about none but entities shown. What tells them is the dialogue, never an agent's reply: a
  request that is misread as a question shows nothing that fits, and scores 0. Their requirements count as any other.
- **Recall@10** of the entity that the user takes, else the only one that the wizard names, over the slates that can be
  satisfied. The `reference` filters by the annotation and orders at random: min(1, 10 / fitting), exactly.
- **Popularity** is how many entities lie near one, counted in the catalog: the databases have nothing else.
- Means of `agents` are over dialogues; `requirements` and `slates` are over all entries and turns. Intervals draw
  dialogues.
"""

from shortlist_evals.crosswoz.annotations import Wanted, annotated, said
from shortlist_evals.crosswoz.dialogues import Dialogue, Turn, load_dialogues, read_dialogue
from shortlist_evals.crosswoz.entities import KIND, entity_snapshot
from shortlist_evals.crosswoz.suite import figures, render, run

__all__ = [
    "KIND",
    "Dialogue",
    "Turn",
    "Wanted",
    "annotated",
    "entity_snapshot",
    "figures",
    "load_dialogues",
    "read_dialogue",
    "render",
    "run",
    "said",
]
