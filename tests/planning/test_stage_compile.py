"""Stage cues and captions of a show in its plan."""

from showeditor.model.music import AtBeat, AtTime, Music
from showeditor.model.show import Show
from showeditor.model.stage import Caption, CaptionSpan, Osc, StageCue, StageEvent, StageTrack
from showeditor.model.timecode import Timecode
from showeditor.planning.compile import compile_show


def test_cues_follow_the_music_and_muted_tracks_stay_out() -> None:
    show = Show(
        "Demo",
        60_000_000,
        music=Music(downbeat_us=1_000_000),
        timecode=Timecode("24", "01:00:00:00"),
        stage=(
            StageTrack("s1", "灯光", (StageCue("b", "Blue", AtBeat(960 * 4), Osc("/go")),)),
            StageTrack("s2", "Sound", (StageCue("a", "Bells", AtTime(500_000), note="soft"),)),
            StageTrack("s3", "Off", (StageCue("c", "No", AtTime(0)),), muted=True),
        ),
        captions=(Caption("n2", AtBeat(0), 2_000_000, "夜", "Night", "Ann"), Caption("n1", AtTime(0), 1)),
    )
    plan = compile_show(show)
    assert plan.timecode is show.timecode
    assert plan.stage == (
        StageEvent("a", 500_000, "Bells", "Sound", note="soft"),
        StageEvent("b", 3_000_000, "Blue", "灯光", Osc("/go")),
    )
    assert plan.captions == (CaptionSpan("n1", 0, 1), CaptionSpan("n2", 1_000_000, 3_000_000, "夜", "Night", "Ann"))
