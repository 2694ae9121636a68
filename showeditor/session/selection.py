"""Selections: sets of ids of any kind, held to what a show still has."""

from showeditor.model.show import Show


def still_there(selection: frozenset[str], show: Show) -> frozenset[str]:
    """The selected ids that still name something in the show; the same set when all do."""
    if not selection:
        return selection
    known = {cue.id for cue in show.cues()}
    known.update(scene.id for flight in show.flights for scene in flight.scenes)
    for parts in (
        show.tracks, show.acts, show.markers, show.formations, show.flights, show.fleets, show.controllers,
        show.venue.positions, show.venue.zones, show.venue.seats,
    ):  # fmt: skip
        known.update(part.id for part in parts)
    return selection if selection <= known else selection & known
