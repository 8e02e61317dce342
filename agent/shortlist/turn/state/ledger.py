"""The constraint ledger: what the user asked for, in the user's words, with its history."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shortlist.turn_plan import PlannedEdit
from shortlist_tools.catalog import SLATE, Requirement, Schema, Status
from shortlist_tools.text import find_numbers, find_quantities

from .conflicts import UNWANTED, WANTED, compatible, left_of, names, says_the_same, without

AUTHORITY = {"policy": 3, "host": 3, "stated": 2, "inferred": 1, "profile": 1}
"""A row ends only rows of no greater authority than its own."""


def active(ledger: Sequence[Requirement]) -> list[Requirement]:
    """Return the rows that hold now."""
    return [row for row in ledger if row.status == "active"]


def describes(row: Requirement) -> bool:
    """Return whether a row describes the kind of item it was said about, rather than what is wanted anyway."""
    return row.op not in UNWANTED and row.scope != SLATE


def apply_edits(
    ledger: Sequence[Requirement], edits: Sequence[PlannedEdit], turn: int, schema: Schema
) -> tuple[Requirement, ...]:
    """Return the ledger after `edits` of turn `turn`; rows are never removed, only replaced or withdrawn.

    - *The last word counts.* A new row ends what it contradicts on the same field and scope: the same bound, a bound
      that cannot be kept beside it, another value of a category, the opposite of an exclusion. What it does not touch
      goes on: "50 to 100", then "at most 80" leaves "at least 50".
    - What only compares with the items shown ("cheaper") stands beside a bound that was said in figures.
    - Exclusions, wanted values of a multi_category, other scopes and wishes on other fields stand beside each other.
    - *Nothing is put in the user's mouth.* What was inferred never ends what was stated, and is left out where it would
      have to. A wish ends a hard row only where nothing could satisfy both, or where it says the same, more softly.
    - *Alternatives* are kept whole: a new row ends the branches that cannot hold beside it; a group of which a branch
      asks nothing any more asks nothing. New alternatives take the place of old ones on the same field, and a row that
      only some of them restate goes on in the others.
    - When one kind of item takes the place of another, the rows that described the old one go with it: what stays is
      what was excluded, what concerns the whole slate, and what this turn says or repeats. Where no kind was asked for
      until now, the bounds go that only compared with what was shown ("a bit expensive").
    """
    book = _Ledger(ledger, turn, schema)
    done: set[str] = set()
    for place, edit in enumerate(edits):
        new = edit.requirement
        if edit.action == "withdraw":
            book.withdraw(edit)
        elif new is not None and new.group:
            group = new.group.partition(":")[0]
            if group not in done:
                done.add(group)
                book.add_group([one for one in edits[place:] if _adds_to(group, one)])
        elif new is not None:
            book.add(new, corrects=edit.replaces, beside=edit.beside)
    return tuple(book.rows)


def _adds_to(group: str, edit: PlannedEdit) -> bool:
    row = edit.requirement
    return edit.action == "add" and row is not None and (row.group or "").partition(":")[0] == group


class _Ledger:
    """The rows while one turn's edits are applied."""

    def __init__(self, rows: Sequence[Requirement], turn: int, schema: Schema) -> None:
        self.rows = list(rows)
        self._turn = turn
        self._schema = schema
        self._corrected: set[str] = set()
        self._repeated: set[str] = set()

    def add(self, new: Requirement, *, corrects: bool, beside: bool = False) -> None:
        """Add a row outside any group."""
        if beside:
            self._keep_to_kind(new)
            said = [row.quote for row in active(self.rows) if row.field == new.field and row.op in WANTED and row.hard]
            new = new.model_copy(update={"quote": ", ".join([*said, new.quote])})  # each as it was called
        same = [row for row in active(self.rows) if row.group is None and says_the_same(row, new)]
        if beside and len(same) == 1 and new.op == "==":
            # Another name of the same kind: the two are sought together.
            self._swap(same[0], None, "replaced")
            self._append(new)
            self._repeated.add(self.rows[-1].id)
            return
        if corrects:
            self._change_kind([new])
            kept = {row.id for row in same} | self._corrected
            self._end(lambda row: _beside(row, new) and row.id not in kept and self._may_end(new, row))
        if len(same) == 1 and self._names_more_closely(new, same[0]):
            self._swap(same[0], None, "replaced")
            self._append(new)
            self._repeated.add(self.rows[-1].id)
            return
        if any(row.hard == new.hard or new.origin == "inferred" for row in same):
            self._repeated |= {row.id for row in same}
            return
        if new.origin == "inferred" and any(self._is_taken(new, row) for row in active(self.rows)):
            return
        self._change_kind([new])
        for row in active(self.rows):
            if _beside(row, new) and self._may_end(new, row):
                self._yield_to(new, row)
        self._append(new, corrects=corrects)

    def add_group(self, members: Sequence[PlannedEdit]) -> None:
        """Add alternatives, all their branches at once."""
        new = [edit.requirement for edit in members if edit.requirement is not None]
        if _branches(new) in [_branches(rows) for rows in self._groups().values()]:
            return
        self._change_kind(new)
        for rows in self._groups().values():
            if any(_beside(row, one) and self._may_end(one, row) for row in rows for one in new):
                ids = {row.id for row in rows}
                self._end(lambda row, ids=ids: row.id in ids)  # type: ignore[misc]
        fresh = self._fresh_group()
        names_of_branches = dict.fromkeys(_branch_of(one) for one in new)
        for row in [row for row in active(self.rows) if row.group is None]:
            touching = {_branch_of(one) for one in new if self._touches(one, row)}
            if touching:
                self._swap(row, None, "replaced")
                for name in names_of_branches if row.op not in UNWANTED else ():
                    if name not in touching:
                        self._append(row.model_copy(update={"group": f"{fresh}:{name}"}), turn=row.turn)
        corrects = any(edit.replaces for edit in members)
        for one in new:
            self._append(one.model_copy(update={"group": f"{fresh}:{_branch_of(one)}"}), corrects=corrects)

    def withdraw(self, edit: PlannedEdit) -> None:
        """Take back what `edit` names: one requirement, everything on a field, or everything."""
        before = self._holding()
        for row in active(self.rows):
            if AUTHORITY[row.origin] > AUTHORITY["stated"]:
                continue
            if edit.requirement is not None:
                if _means(edit.requirement, row):
                    listed = row.op in UNWANTED | WANTED
                    self._swap(row, without(row, names(edit.requirement)) if listed else None, "withdrawn")
            elif edit.field is None or row.field == edit.field:
                self._swap(row, None, "withdrawn")
        self._close(before, "withdrawn")

    def _names_more_closely(self, new: Requirement, row: Requirement) -> bool:
        """Return whether a kind is asked for by another name than before, and not by its plain one."""
        field = self._schema.role("kind")
        if field is None or new.field != field.name or new.op != "==" or new.origin != "stated" or not new.hard:
            return False
        plain = {words[0].lower() for words in field.values.get(str(new.value), {}).values() if words}
        said = new.quote.lower()
        names = [word.lower() for words in field.values.get(str(new.value), {}).values() for word in words]
        # "do you have it in red" names nothing more closely.
        if names and not any(name in said for name in names):
            return False
        return row.hard and row.op == "==" and said != row.quote.lower() and not {said, said + "s"} & plain

    def _may_end(self, new: Requirement, row: Requirement) -> bool:
        if AUTHORITY[row.origin] > AUTHORITY[new.origin]:
            return False
        if new.hard or not row.hard:
            return True
        return says_the_same(row, new) or not compatible(row, new, self._schema)

    def _touches(self, new: Requirement, row: Requirement) -> bool:
        return _beside(row, new) and self._may_end(new, row) and left_of(row, new, self._schema) is not row

    def _is_taken(self, new: Requirement, row: Requirement) -> bool:
        """Return whether what is inferred speaks of something that was stated."""
        stated = AUTHORITY[row.origin] > AUTHORITY[new.origin]
        return stated and _beside(row, new) and left_of(row, new, self._schema) is not row

    def _yield_to(self, new: Requirement, row: Requirement) -> None:
        """End of `row` what `new` contradicts; of alternatives, the whole branch that cannot hold beside it."""
        if compares(new) and _is_rough(row):
            self._end(lambda one: one.id == row.id)
        elif compares(new) and new.quote and row.op[0] == new.op and row.group is None and not compares(row):
            return  # "Cheaper" than what was shown stands beside the limit that was said, and never in its place.
        elif row.group is None:
            self._swap(row, left_of(row, new, self._schema), "replaced")
        elif not compatible(row, new, self._schema):
            self._end(lambda one: one.group == row.group, close=False)
        elif new.op not in UNWANTED and row.id in {one.id for one in active(self.rows)}:
            before = self._holding()
            self._swap(row, left_of(row, new, self._schema), "replaced")
            self._close(before, "replaced")

    def _change_kind(self, new: Sequence[Requirement]) -> None:
        """End what described the kind of item asked for until now, where `new` asks for another one."""
        kind = self._schema.roles.get("kind")
        asked = [row for row in new if row.field == kind and row.op in WANTED and row.hard]
        wanted = {name for row in asked for name in names(row)}
        earlier = [row for row in active(self.rows) if row.field == kind and row.op in WANTED and row.hard]
        if wanted and any(not names(row) & wanted for row in earlier if row.turn != self._turn):
            self._end(lambda row: self._is_earlier(row) and describes(row) and self._may_end(asked[0], row))
        elif wanted and not earlier:
            self._end(lambda row: self._is_earlier(row) and compares(row) and self._may_end(asked[0], row))

    def _keep_to_kind(self, new: Requirement) -> None:
        """Tie what described the one kind sought until now to that kind, as `new` wants another beside it.

        Of two things of one kind, what described the first is no more than a wish: no sunscreen is one for dry skin.
        """
        earlier = [row for row in active(self.rows) if row.field == new.field and row.op in WANTED and row.hard]
        kinds = {name for row in earlier for name in names(row)}
        if len(kinds) != 1:
            return
        tied = {"hard": False} if names(new) == kinds else {"scope": f"kind:{min(kinds)}"}
        for row in [row for row in active(self.rows) if self._is_earlier(row) and row.field != new.field]:
            if describes(row) and row.scope is None and AUTHORITY[row.origin] <= AUTHORITY["stated"]:
                self._swap(row, row.model_copy(update=tied), "replaced")

    def _is_earlier(self, row: Requirement) -> bool:
        """Return whether a row was said in an earlier turn alone."""
        return row.turn != self._turn and row.id not in self._repeated

    def _end(self, ends: Callable[[Requirement], bool], *, close: bool = True) -> None:
        before = self._holding()
        for row in active(self.rows):
            if ends(row):
                self._swap(row, None, "replaced")
        if close:
            self._close(before, "replaced")

    def _swap(self, row: Requirement, left: Requirement | None, status: Status) -> None:
        """End `row`, and let what is left of it go on as a row of its own."""
        if left is row:
            return
        place = next(place for place, one in enumerate(self.rows) if one.id == row.id)
        self.rows[place] = row.model_copy(update={"status": status})
        if left is not None:
            self._append(left, turn=row.turn)

    def _append(self, row: Requirement, *, turn: int | None = None, corrects: bool = False) -> None:
        name = f"r{len(self.rows) + 1}"
        given = {"id": name, "turn": self._turn if turn is None else turn, "status": "active"}
        self.rows.append(row.model_copy(update=given))
        if corrects:
            self._corrected.add(name)

    def _holding(self) -> set[str]:
        return {row.group for row in active(self.rows) if row.group}

    def _close(self, before: set[str], status: Status) -> None:
        """End the groups of which a branch asks nothing any more: every item satisfies them."""
        emptied = {branch.partition(":")[0] for branch in before - self._holding()}
        for row in active(self.rows):
            if row.group and row.group.partition(":")[0] in emptied:
                self._swap(row, None, status)

    def _groups(self) -> dict[str, list[Requirement]]:
        found: dict[str, list[Requirement]] = {}
        for row in active(self.rows):
            if row.group:
                found.setdefault(row.group.partition(":")[0], []).append(row)
        return found

    def _fresh_group(self) -> str:
        taken = {row.group.partition(":")[0] for row in self.rows if row.group}
        return next(name for n in range(1, len(taken) + 2) if (name := f"g{self._turn}.{n}") not in taken)


def compares(row: Requirement) -> bool:
    """Return whether a bound was taken from the items shown, since the words for it hold no figure."""
    return row.op in ("<", ">") and row.scope != SLATE and row.origin == "stated" and not find_numbers(row.quote)


def _is_rough(row: Requirement) -> bool:
    """Return whether a range only says about how much: what comes after "about 800" may leave it on either side."""
    return row.op == "between" and any(one.approximate for one in find_quantities(row.quote))


def _beside(row: Requirement, new: Requirement) -> bool:
    return row.field == new.field and row.scope == new.scope


def _branch_of(row: Requirement) -> str:
    return (row.group or "").partition(":")[2]


def _branches(rows: Sequence[Requirement]) -> set[frozenset[tuple[object, ...]]]:
    """Return what each branch asks, so that the same alternatives are known again."""
    branches: dict[str, set[tuple[object, ...]]] = {}
    for row in rows:
        said = (row.field, row.op, row.unit, row.scope, row.hard, names(row))
        branches.setdefault(_branch_of(row), set()).add(said)
    return {frozenset(said) for said in branches.values()}


def _means(taken_back: Requirement, row: Requirement) -> bool:
    """Return whether `row` is what a withdrawal names: the same values wanted or unwanted, or the same comparison."""
    if row.field != taken_back.field or taken_back.scope not in (None, row.scope):
        return False
    for ops in (WANTED, UNWANTED):
        if row.op in ops and taken_back.op in ops:
            return bool(names(row) & names(taken_back))
    return row.op == taken_back.op and names(row) == names(taken_back)
