"""What a rule needs stated can be stated in the inspector: day, rule pack, permits, zones, geofence, rarer limits."""

import pytest
from pytestqt.qtbot import QtBot
from showeditor.model.errors import BadInput
from showeditor.safety.check import check
from showeditor.timeline import parts
from showeditor.ui.app import Studio
from showeditor.ui.inspector.fields import TextField
from showeditor.ui.inspector.parts import ActForm
from showeditor.ui.inspector.show import ShowForm
from showeditor.ui.inspector.stated import ring_of_text


def write(field: TextField, text: str) -> None:
    field.setText(text)
    field.setModified(True)
    field.editingFinished.emit()


@pytest.fixture
def form(studio: Studio) -> ShowForm:
    studio.session.select([])
    studio.window.inspector.refresh()
    shown = studio.window.inspector.form
    assert isinstance(shown, ShowForm)
    return shown


def test_day_rule_pack_and_permits(studio: Studio, form: ShowForm) -> None:
    write(form.rules.date, "2026-10-01")
    form.rules.pack.chosen.emit("cn")
    write(form.rules.ceiling, "180")
    write(form.rules.lit, "25")
    show = studio.session.show
    assert (show.date, show.rules) == ("2026-10-01", "cn")
    assert (show.venue.firework_ceiling_m, show.venue.least_lit_m) == (180.0, 25.0)
    form.load()
    assert "every figure is empty" in form.rules.told.text().casefold()
    assert form.rules.pack.count() >= 8
    write(form.rules.lit, "")
    assert studio.session.show.venue.least_lit_m is None


def test_a_day_that_is_none_is_refused(studio: Studio, form: ShowForm, told: list[str]) -> None:
    write(form.rules.date, "1.10.2026")
    assert studio.session.show.date == ""
    assert "YYYY-MM-DD" in told[0]
    told.clear()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("max_jerk_mps3", 12.0),
        ("max_yaw_rate_dps", 60.0),
        ("max_airtime_s", 900.0),
        ("max_light_steps_hz", 25.0),
        ("max_return_s", 240.0),
    ],
)
def test_limits_that_nobody_stated(studio: Studio, form: ShowForm, name: str, value: float) -> None:
    write(form.unstated.fields[name], f"{value:g}")
    limits = studio.session.show.limits
    assert limits is not None
    assert getattr(limits, name) == value
    write(form.unstated.fields[name], "")
    assert studio.session.show.limits is not None
    assert getattr(studio.session.show.limits, name) is None


def test_the_downwash_needs_both_numbers(studio: Studio, form: ShowForm, told: list[str]) -> None:
    before = studio.session.show
    write(form.unstated.fields["downwash_radius_m"], "0.8")
    assert studio.session.show is before
    assert "radius and a height" in told[0]
    told.clear()
    form.load()
    assert form.unstated.fields["downwash_radius_m"].text() == "0.8"
    write(form.unstated.fields["downwash_height_m"], "3")
    limits = studio.session.show.limits
    assert limits is not None
    assert (limits.downwash_radius_m, limits.downwash_height_m) == (0.8, 3.0)
    write(form.unstated.fields["downwash_height_m"], "")
    limits = studio.session.show.limits
    assert limits is not None
    assert (limits.downwash_radius_m, limits.downwash_height_m) == (None, None)


def test_zones_are_added_changed_and_deleted(studio: Studio, form: ShowForm, told: list[str]) -> None:
    count = len(studio.session.show.venue.zones)
    form.zones.more.click()
    form.load()
    form.zones.kind.chosen.emit("no_fly")
    write(form.zones.name, "Tower")
    write(form.zones.corners, "0,300; 20.5,300; 20.5,320")
    write(form.zones.floor, "30")
    write(form.zones.height, "90")
    zone = studio.session.show.venue.zones[-1]
    assert (zone.kind, zone.name, zone.floor_m, zone.height_m) == ("no_fly", "Tower", 30.0, 90.0)
    assert zone.ring == ((0.0, 300.0), (20.5, 300.0), (20.5, 320.0))
    write(form.zones.height, "20")
    assert studio.session.show.venue.zones[-1] is zone
    assert "floor" in told[-1]
    write(form.zones.corners, "0,300; 20,300")
    assert "3 corners" in told[-1]
    told.clear()
    form.load()
    form.zones.less.click()
    assert len(studio.session.show.venue.zones) == count


def test_the_geofence_by_its_corners(studio: Studio, form: ShowForm) -> None:
    write(form.fence.corners, "-50,-50; 50,-50; 50，90；-50,90")
    fence = studio.session.show.venue.geofence
    assert fence is not None
    assert fence.ring[2] == (50.0, 90.0)
    form.load()
    write(form.fence.floor, "-2")
    write(form.fence.top, "99")
    fence = studio.session.show.venue.geofence
    assert fence is not None
    assert (fence.floor_m, fence.ceiling_m) == (-2.0, 99.0)
    write(form.fence.corners, "")
    assert studio.session.show.venue.geofence is None


def test_a_corner_that_is_none_names_itself() -> None:
    with pytest.raises(BadInput, match="4: expected"):
        ring_of_text("0,0; 4; 3,3", "expected")
    with pytest.raises(BadInput, match="nan,0: expected"):
        ring_of_text("0,0; nan,0; 3,3", "expected")


def test_an_act_with_a_wind_of_its_own_is_judged(studio: Studio, qtbot: QtBot) -> None:
    show, act = parts.add_act(studio.session.show, "Kites", 0, 30_000_000)
    studio.desk.apply(show, "Add", [act])
    studio.window.inspector.refresh()
    form = studio.window.inspector.form
    assert isinstance(form, ActForm)
    write(form.wind, "3")
    assert studio.session.show.acts[0].max_wind_mps == 3.0
    studio.desk.apply(parts.change_venue(studio.session.show, wind={"speed_mps": 5.0}), "Wind")
    qtbot.waitUntil(lambda: studio.session.state.fresh, timeout=60_000)
    assert "FWK-024" in [f.code for f in check(studio.desk.plan)]


def test_every_new_field_has_a_name(form: ShowForm) -> None:
    fields = [*form.unstated.fields.values(), form.rules.date, form.rules.pack, form.zones.corners, form.fence.corners]
    assert all(field.accessibleName() for field in fields)
