"""Stage cues, captions and timecode of a read file in the show; nothing dropped in silence."""

from dataclasses import replace

from showeditor.export.registry import format_named
from showeditor.model.music import AtTime
from showeditor.model.plan import Plan
from showeditor.model.stage import CaptionSpan, StageEvent
from showeditor.model.timecode import Timecode
from showeditor.model.venue import Venue, Zone
from showeditor.planning.compile import compile_show
from showeditor.timeline.importing import Wish, bring_in, empty_show

from control_by_hand import CAPTIONS, STAGE, with_control

PLAN = with_control(Plan("Demo", 8_000_000))


def test_a_sheet_of_cues_becomes_a_show_that_compiles_to_the_same():
    form = format_named("stage-csv")
    read = form.read(form.write(PLAN), "demo-stage.csv")
    show, report = bring_in(empty_show("Demo"), read, "demo-stage.csv")
    assert report == ()
    plan = compile_show(show)
    assert plan.timecode == PLAN.timecode
    assert plan.stage == tuple(replace(e, t_us=(e.t_us + 500) // 1000 * 1000) for e in STAGE)
    assert show.duration_us >= STAGE[-1].t_us


def test_captions_come_in_beside_those_that_are_there():
    show, _ = bring_in(empty_show("Demo"), replace(PLAN, stage=(), soundtrack=None), "a.vtt")
    show, report = bring_in(show, replace(PLAN, timecode=Timecode("24", "01:00:00:00")), "b.vtt")
    assert [c.id for c in show.captions] == ["n1", "n2", "n3", "n04", "n05", "n06"]
    assert [(c.zh, c.en, c.speaker) for c in show.captions[3:]] == [(c.zh, c.en, c.speaker) for c in CAPTIONS]
    assert show.timecode == PLAN.timecode
    assert [f.code for f in report] == ["IMPORT-TIMECODE", "IMPORT-LEFT"]


def test_taken_ids_become_fresh_ones_and_early_cues_move_everything():
    show, _ = bring_in(empty_show("Demo"), replace(PLAN, captions=()), "a.csv")
    early = Plan("x", 1, stage=(StageEvent("q1", -1_500_000, "Early", "灯光"), StageEvent("", 0, "Zero", "New")))
    show, report = bring_in(show, early, "b.csv")
    lights = next(track for track in show.stage if track.name == "灯光")
    assert (lights.cues[-1].name, lights.cues[-1].when) == ("Early", AtTime(500_000))
    ids = [cue.id for track in show.stage for cue in track.cues]
    assert len(ids) == len(set(ids)) == len(STAGE) + 2
    assert [f.code for f in report] == ["IMPORT-SHIFT"]


def test_words_that_a_show_cannot_hold_are_made_readable():
    odd = Plan(
        "x",
        1,
        stage=(StageEvent("", 0, "", "A"), StageEvent("a\x01b", 1, "c\x02d", "e\x03")),
        captions=(CaptionSpan("", 0, 5, "a\n\n\x01\nb", "", "<Bob>"),),
    )
    show, _ = bring_in(empty_show("Demo"), odd, "a")
    assert [(cue.id, cue.name) for track in show.stage for cue in track.cues] == [("q01", "q01"), ("a b", "c d")]
    assert (show.captions[0].zh, show.captions[0].speaker) == ("a\nb", "Bob")


def test_zones_come_over_once_and_stay_away_where_the_paths_are_moved():
    ring = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0))
    plan = replace(PLAN, soundtrack=None, venue=Venue(zones=(Zone("no-fly 1", "no_fly", ring),)))
    show, report = bring_in(empty_show("Demo"), plan, "a.skyc")
    assert [(z.id, z.kind, z.ring, z.name) for z in show.venue.zones] == [("z01", "no_fly", ring, "no-fly 1")]
    assert not report
    again, _ = bring_in(show, plan, "a.skyc")
    assert again.venue == show.venue
    moved, report = bring_in(empty_show("Demo"), plan, "a.skyc", wish=Wish(at_m=(5.0, 0.0, 0.0)))
    assert not moved.venue.zones
    assert [f.code for f in report] == ["IMPORT-VENUE"]


def test_an_imported_sheet_comes_out_again_as_it_went_in():
    form = format_named("stage-csv")
    read = form.read(form.write(PLAN), "x")
    show, _ = bring_in(empty_show(PLAN.title), read, "x")
    again = replace(compile_show(show), duration_us=read.duration_us)
    assert form.write(again) == form.write(replace(read, title=PLAN.title))
