"""The firework part of a Plan: Show -> Firing, Shots, Bursts and looks, rebuilt only where the show changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from showeditor.model.arrays import Longs
from showeditor.model.cue import Cue, Track
from showeditor.model.finding import Finding
from showeditor.model.look import Look
from showeditor.model.music import AtBeat
from showeditor.model.plan import Bursts, Firing, Shots
from showeditor.model.show import Show
from showeditor.planning import complaints
from showeditor.planning.blocks import Block, joined, patched, sealed
from showeditor.planning.controllers import spec_of
from showeditor.planning.cue_rows import Context, compile_cues
from showeditor.planning.device_rows import look_of, ordered_looks


@dataclass(frozen=True, slots=True)
class Fireworks:
    """The compiled fireworks of a show, and what the next compilation needs to reuse them."""

    firing: Firing
    shots: Shots
    bursts: Bursts
    looks: tuple[Look, ...]
    problems: tuple[Finding, ...]
    show: Show
    cues: tuple[Cue, ...]
    context: Context
    block: Block
    look_ids: tuple[int, ...]


def compile_fireworks(show: Show, previous: Fireworks | None = None) -> Fireworks:
    """The fireworks of a show; with `previous` every part that did not change is the same object as before.

    Cues are compared by identity (edits share what they do not touch), positions and music too.
    """
    if previous is not None and _same_sources(show, previous.show):
        return previous
    cues = _planned_cues(show.tracks)
    context = _context(show, previous)
    block = _block(cues, context, previous)
    return _assembled(show, cues, context, block, previous)


def _same_sources(show: Show, before: Show) -> bool:
    return (
        show.tracks is before.tracks
        and show.venue is before.venue
        and show.music is before.music
        and show.controllers is before.controllers
        and show.seed == before.seed
    )


def _planned_cues(tracks: Iterable[Track]) -> tuple[Cue, ...]:
    return tuple(chain.from_iterable(track.cues for track in tracks if not track.muted))


def _context(show: Show, previous: Fireworks | None) -> Context:
    if previous is not None and show.venue is previous.show.venue:
        positions, wind = previous.context.positions, previous.context.wind
    else:
        positions, wind = {p.id: p for p in show.venue.positions}, show.venue.wind
    return Context(positions, frozenset(c.id for c in show.controllers), show.music, wind, show.seed)


def _block(cues: tuple[Cue, ...], context: Context, previous: Fireworks | None) -> Block:
    if previous is None or not previous.cues:
        return compile_cues(cues, context)
    before, block = previous.context, previous.block
    if (before.wind, before.seed, before.controllers) != (context.wind, context.seed, context.controllers):
        return compile_cues(cues, context)
    stale = _stale(previous.cues, before, context)
    old = previous.cues
    if len(old) == len(cues):
        rows = [i for i, (a, b) in enumerate(zip(old, cues, strict=True)) if a is not b or i in stale]
        if not rows:
            return block
        if 4 * len(rows) < len(cues):
            fresh = compile_cues([cues[i] for i in rows], context)
            done = patched(block, fresh, np.array(rows, dtype=np.int64))
            if done is not None:
                return done
    known = {id(cue): i for i, cue in enumerate(old) if i not in stale}
    source = np.array([known.get(id(cue), -1) for cue in cues], dtype=np.int64)
    missing = np.flatnonzero(source < 0)
    if len(missing) == len(cues):
        return compile_cues(cues, context)
    source[missing] = len(old) + np.arange(len(missing))
    return joined(block, compile_cues([cues[i] for i in missing.tolist()], context), source)


def _stale(cues: tuple[Cue, ...], before: Context, context: Context) -> set[int]:
    """Old cues whose rows changed although they did not: their position moved, or the tempo under their beat."""
    moved: set[str] = set()
    if before.positions is not context.positions:
        names = before.positions.keys() | context.positions.keys()
        moved = {n for n in names if before.positions.get(n) != context.positions.get(n)}
    beats = before.music is not context.music and before.music != context.music
    if not moved and not beats:
        return set()
    return {i for i, cue in enumerate(cues) if cue.position in moved or (beats and isinstance(cue.when, AtBeat))}


def _assembled(
    show: Show, cues: tuple[Cue, ...], context: Context, block: Block, previous: Fireworks | None
) -> Fireworks:
    old = previous.block if previous is not None else None
    if previous is not None and block is old:
        firing, shots, bursts = previous.firing, previous.shots, previous.bursts
        looks, look_ids = previous.looks, previous.look_ids
    else:
        look_ids = tuple(ordered_looks(np.flatnonzero(np.bincount(block.burst_rows["look"])).tolist()))
        same_looks = previous is not None and look_ids == previous.look_ids
        looks = previous.looks if previous is not None and same_looks else tuple(map(look_of, look_ids))
        firing = _firing(block)
        shots, bursts = _shots(block, old, previous), _bursts(block, old, previous, look_ids)
    return Fireworks(
        firing, shots, bursts, looks, _problems(show, cues, block, previous), show, cues, context, block, look_ids
    )


def _firing(block: Block) -> Firing:
    columns: dict[str, Any] = {**block.texts, **block.firing}
    return Firing(**columns)


def _shots(block: Block, old: Block | None, previous: Fireworks | None) -> Shots:
    if previous is not None and old is not None and block.shots is old.shots and block.lines is old.lines:
        owner = previous.shots.cue
    else:
        counts = block.shots[block.lines == 1]
        owner = sealed(np.repeat(np.arange(len(counts), dtype=np.int32), counts))
    return Shots(cue=owner, **{name: c for name, c in block.shot_rows.items() if name != "bursts"})


def _bursts(block: Block, old: Block | None, previous: Fireworks | None, look_ids: tuple[int, ...]) -> Bursts:
    rows = dict(block.burst_rows)
    ids: Longs = rows.pop("look")
    if previous is not None and old is not None and ids is old.burst_rows["look"]:
        look = previous.bursts.look
    else:
        number = np.zeros(max(look_ids, default=0) + 1, dtype=np.int32)
        number[list(look_ids)] = np.arange(len(look_ids), dtype=np.int32)
        look = sealed(number[ids])
    counts = block.shot_rows["bursts"]
    if previous is not None and old is not None and counts is old.shot_rows["bursts"]:
        shot = previous.bursts.shot
    else:
        shot = sealed(np.repeat(np.arange(len(counts), dtype=np.int32), counts))
    return Bursts(look=look, shot=shot, **rows)


def _problems(show: Show, cues: tuple[Cue, ...], block: Block, previous: Fireworks | None) -> tuple[Finding, ...]:
    found = [complaints.same_id("position", name) for name in _twice(p.id for p in show.venue.positions)]
    found += [complaints.same_id("controller", name) for name in _twice(c.id for c in show.controllers)]
    found += [complaints.unknown_model(c) for c in show.controllers if spec_of(c) is None]
    if len({cue.id for cue in cues}) < len(cues):
        found += [complaints.same_id("cue", name) for name in _twice(cue.id for cue in cues)]
    for number in sorted(block.problems):
        found += block.problems[number]
    out = tuple(found)
    return previous.problems if previous is not None and out == previous.problems else out


def _twice(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    again: dict[str, None] = {}
    for name in names:
        if name in seen:
            again[name] = None
        seen.add(name)
    return list(again)
