"""Any series of edits leaves a show that can be written, with ids used once and scenes in order."""

from collections.abc import Callable

from hypothesis import event, given, settings
from hypothesis import strategies as st
from showeditor.model.errors import BadInput
from showeditor.model.music import Music, When, moment_us
from showeditor.model.show import Show
from showeditor.storage.text import show_of_text, show_to_text
from showeditor.timeline import addressing, clipboard, edits, fan, parts, ripple, scenes
from small_shows import musics, small_show, whens

Edit = Callable[[Show, list[str], list[str], int, When, Music | None], Show]

EDITS: list[Edit] = [
    lambda s, cues, held, n, when, music: edits.move_cues(s, cues, n),
    lambda s, cues, held, n, when, music: edits.move_cues_by_ticks(s, cues, n),
    lambda s, cues, held, n, when, music: edits.set_when(s, cues, when),
    lambda s, cues, held, n, when, music: edits.duplicate_cues(s, cues, n)[0],
    lambda s, cues, held, n, when, music: edits.delete_cues(s, cues[:1]),
    lambda s, cues, held, n, when, music: edits.quantise_cues(s, cues, "bar", abs(n) % 5 / 4),
    lambda s, cues, held, n, when, music: edits.to_beats(s, cues),
    lambda s, cues, held, n, when, music: edits.to_times(s, cues),
    lambda s, cues, held, n, when, music: fan.fan(s, cues, -n % 90, n % 90),
    lambda s, cues, held, n, when, music: fan.sequence(s, cues, n, "centre-out"),
    lambda s, cues, held, n, when, music: fan.mirrored_copies(s, cues)[0],
    lambda s, cues, held, n, when, music: fan.fan_of_copies(s, cues[0], 3, -10, 10, n)[0] if cues else s,
    lambda s, cues, held, n, when, music: clipboard.paste_cues(s, clipboard.text_of_cues(s, cues), abs(n))[0],
    lambda s, cues, held, n, when, music: addressing.auto_address(s, "A", range(50), range(3)),
    lambda s, cues, held, n, when, music: scenes.move_scenes(s, held, n),
    lambda s, cues, held, n, when, music: scenes.change_scenes(s, held, arrive=when),
    lambda s, cues, held, n, when, music: scenes.duplicate_scenes(s, held, n)[0],
    lambda s, cues, held, n, when, music: scenes.resize_scene(s, held[0], start_us=n) if held else s,
    lambda s, cues, held, n, when, music: parts.replace_music(s, music, "clock" if n % 2 else "score"),
    lambda s, cues, held, n, when, music: parts.move_acts(s, [act.id for act in s.acts], n),
    lambda s, cues, held, n, when, music: parts.move_markers(s, [marker.id for marker in s.markers], n),
    lambda s, cues, held, n, when, music: parts.set_feeling(s, abs(n), n % 11),
    lambda s, cues, held, n, when, music: ripple.shift_after(s, abs(n), n // 2),
]


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(EDITS), st.randoms(use_true_random=False), st.integers(-(10**7), 10**7), whens, musics
        ),
        max_size=8,
    )
)
def test_edits_never_break_a_show(series: list[tuple[Edit, object, int, When, Music | None]]) -> None:
    show = small_show()
    for edit, dice, n, when, music in series:
        assert hasattr(dice, "sample")
        cues = [cue.id for cue in show.cues()][:40]
        held = [scene.id for flight in show.flights for scene in flight.scenes][:5]
        before = show_to_text(show)
        old = show
        try:
            show = edit(
                show, dice.sample(cues, min(3, len(cues))), dice.sample(held, min(2, len(held))), n, when, music
            )  # fmt: skip
        except BadInput:
            event("refused")
        assert show_to_text(old) == before
        if show is not old:
            assert show != old
        text = show_to_text(show)
        assert show_of_text(text, "x") == show
        for flight in show.flights:
            arrivals = [moment_us(scene.arrive, show.music) for scene in flight.scenes]
            assert arrivals == sorted(arrivals)
