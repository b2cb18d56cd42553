"""What an analyser says about one word."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A member of a compound, or several in a row, in base form.

    first, last: the members it covers, counted from 0, both inclusive.
    """

    base: str
    first: int
    last: int


@dataclass(frozen=True)
class WordAnalysis:
    """One word taken apart, in its own letters (folding comes later, in `tokens`).

    lemmas: base forms, most likely first; empty when the analyser does not know the word.
    parts: members of a compound and their contiguous runs, the whole word not among them.
    inner: what stands deeper inside: what a member is derived from, the head of a frozen compound,
    the stems of members that have no base form.
    roots: words it is derived from (opettaminen from opettaa), a compound by its last member.
    stems: keys by rule, looser than lemmas.
    kin: for a form some dictionary lists, a stricter stem: two listed forms of different words are
    alike by chance more often than not.
    members: the compound's members in order, the last in base form: what a hyphen repair needs.
    known: whether a dictionary knows the word, be it as a compound or a form it can explain.
    """

    lemmas: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    inner: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    known: bool = False
