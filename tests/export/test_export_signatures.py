"""Two persons sign a state of a show: what counts, what voids it, what the receipt and verify make of it."""

import json
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest
from showeditor.export import gate
from showeditor.export.folder import write_file
from showeditor.export.gate import Approval, Refused, publish
from showeditor.export.keys import SecretKey, new_key, open_key, read_public
from showeditor.export.receipt import NAME, receipt_bytes, receipt_of, sealed
from showeditor.export.signatures import Person, Signature, Trust, good, lacking, read_trust, sign, subject_of, text_of
from showeditor.export.verify import read_receipt, verify
from showeditor.export.vouching import vouch
from showeditor.model.arrays import frozen
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.finding import Finding, blocks
from showeditor.model.fingerprint import fingerprint
from showeditor.model.limits import Limits
from showeditor.model.plan import ControllerSpec, Plan, Soundtrack
from showeditor.model.waiver import Waiver
from showeditor.safety.packs import Approval as Asked
from showeditor.safety.packs import Pack, Signable, load_pack

OFFICER, OPERATOR = "safety officer", "firing operator"
WORDS = "open sesame, twice"


def keyed(folder: Path, name: str) -> SecretKey:
    secret, public = new_key(name, WORDS)
    write_file(folder / f"{name}.key", secret, mode=0o600)
    write_file(folder / f"{name}.key.pub", public)
    return open_key(folder / f"{name}.key", WORDS)


@pytest.fixture(scope="module")
def hands(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SecretKey]:
    folder = tmp_path_factory.mktemp("keys")
    return {name: keyed(folder, name) for name in ("Li", "Wang", "Mallory")}


@pytest.fixture(scope="module")
def trust(hands: dict[str, SecretKey]) -> Trust:
    rows = (("Li", (OFFICER,)), ("Wang", (OPERATOR, OFFICER)))
    return Trust(tuple(Person(name, hands[name].public, roles) for name, roles in rows))


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> Pack:
    """The plain envelope, asking for two signatures and letting an officer sign for one code."""
    pack = msgspec.structs.replace(
        load_pack("design-envelope"),
        approval=Asked((OFFICER, OPERATOR), "test", "I"),
        signable=(Signable("rule.x", (OFFICER,), "test", "I"),),
    )
    monkeypatch.setattr(gate, "load_pack", lambda name: pack)
    return pack


def under(plan: Plan, pack: Pack, mark: str = "") -> str:
    return subject_of(mark, fingerprint(plan), plan.rules, fingerprint(pack), plan.limits, plan.waivers)


def both(hands: dict[str, SecretKey], subject: str) -> tuple[Signature, ...]:
    return (sign(hands["Li"], subject, OFFICER, "2026-05-01"), sign(hands["Wang"], subject, OPERATOR, "2026-05-01"))


def refused(*arguments: object, **more: object) -> set[str]:
    with pytest.raises(Refused) as caught:
        publish(*arguments, **more)
    return {f.code for f in caught.value.findings if f.severity == "block"}


def test_two_persons_sign_and_the_receipt_carries_them(drone_plan, strict, hands, trust, tmp_path) -> None:
    signatures = both(hands, under(drone_plan, strict))
    receipt = publish(drone_plan, ["skyc"], tmp_path / "out", approval=Approval(signatures, trust))
    assert receipt.signatures == signatures
    assert receipt.roles == (OFFICER, OPERATOR)
    assert verify(tmp_path / "out", trust) == ()
    (note,) = verify(tmp_path / "out")
    assert (note.code, note.severity) == ("VERIFY-UNVOUCHED", "note")
    assert [f.code for f in verify(tmp_path / "out", Trust())] == ["VERIFY-SIGNATURE"] * 2


@pytest.mark.parametrize("missing", [0, 1])
def test_one_signature_is_not_enough(drone_plan, strict, hands, trust, tmp_path, missing) -> None:
    signatures = both(hands, under(drone_plan, strict))
    one = Approval((signatures[1 - missing],), trust)
    assert refused(drone_plan, ["skyc"], tmp_path / "out", approval=one) == {"SIGN-001"}
    assert list(tmp_path.iterdir()) == []


def test_without_a_trust_file_nobody_s_key_counts(drone_plan, strict, hands, tmp_path) -> None:
    approval = Approval(both(hands, under(drone_plan, strict)), None)
    assert refused(drone_plan, ["skyc"], tmp_path / "out", approval=approval) == {"SIGN-002"}


def test_one_person_cannot_sign_for_two(drone_plan, strict, hands, trust, tmp_path) -> None:
    subject = under(drone_plan, strict)
    twice = tuple(sign(hands["Wang"], subject, role, "2026-05-01") for role in (OFFICER, OPERATOR))
    assert refused(drone_plan, ["skyc"], tmp_path / "out", approval=Approval(twice, trust)) == {"SIGN-003"}
    # a second name for the same key, or a second key for the same name, is still one person
    alias = Trust((*trust.persons, Person("W. Ang", hands["Wang"].public, (OFFICER,))))
    other = SecretKey("W. Ang", hands["Wang"].public, hands["Wang"]._key)
    pair = (twice[1], sign(other, subject, OFFICER, "2026-05-01"))
    assert refused(drone_plan, ["skyc"], tmp_path / "out", approval=Approval(pair, alias)) == {"SIGN-003"}
    assert not blocks(lacking((OFFICER, OPERATOR), (*twice, *both(hands, subject)), trust))


def test_a_stranger_does_not_count_and_a_claimed_name_neither(drone_plan, strict, hands, trust, tmp_path) -> None:
    subject = under(drone_plan, strict)
    liar = SecretKey("Li", hands["Mallory"].public, hands["Mallory"]._key)
    for false in (sign(hands["Mallory"], subject, OFFICER, "2026-05-01"), sign(liar, subject, OFFICER, "2026-05-01")):
        approval = Approval((false, both(hands, subject)[1]), trust)
        assert refused(drone_plan, ["skyc"], tmp_path / "out", approval=approval) == {"SIGN-001"}


def edits(plan: Plan) -> dict[str, tuple[Plan, str]]:
    waiver = Waiver("DRN-012", "Li", "seen", "2026-05-01")
    return {
        "title": (replace(plan, title="Other"), ""),
        "one millisecond": (replace(plan, duration_us=plan.duration_us + 1000), ""),
        "limits": (replace(plan, limits=Limits(min_gap_m=2.4, max_speed_xy_mps=6.0)), ""),
        "waiver": (replace(plan, waivers=(waiver,)), ""),
        "show": (plan, "ab" * 32),
        "path": (replace(plan, drones=replace(plan.drones, ctrl=plan.drones.ctrl + 1e-6)), ""),
    }


@pytest.mark.parametrize("edit", ["title", "one millisecond", "limits", "waiver", "show", "path"])
def test_any_edit_voids_what_was_signed(drone_plan, strict, hands, trust, tmp_path, edit) -> None:
    signatures = both(hands, under(drone_plan, strict))
    edited, mark = edits(drone_plan)[edit]
    approval = Approval(signatures, trust)
    found = refused(edited, ["skyc"], tmp_path / "out", approval=approval, show_fingerprint=mark)
    assert found == {"SIGN-001"}


def test_another_rule_pack_voids_it_too(drone_plan, strict, hands, trust) -> None:
    (one, _) = both(hands, under(drone_plan, strict))
    assert good(one, under(drone_plan, strict))
    assert not good(one, under(drone_plan, load_pack("design-envelope")))


def test_where_no_pack_asks_a_void_signature_is_only_told(drone_plan, hands, trust, tmp_path) -> None:
    approval = Approval(both(hands, "00" * 32), trust)
    receipt = publish(drone_plan, ["skyc"], tmp_path / "out", approval=approval)
    assert receipt.signatures == ()
    assert [f.code for f in receipt.findings].count("SIGN-004") == 2


def test_a_signable_block_is_lifted_by_the_waiver_of_who_signed(
    drone_plan, strict, hands, trust, tmp_path, monkeypatch
):
    bad = Finding("rule.x", "block", "too tilted", "太斜", ids=("c1",))
    monkeypatch.setattr(gate, "check", lambda plan, limits=None, progress=None: (bad,))
    for who, ids, lifts in (("Li", ("c1",), True), ("Wang", ("c1",), False), ("Li", ("c2",), False)):
        plan = replace(drone_plan, waivers=(Waiver("rule.x", who, "assessed on site", "2026-05-01", ids),))
        approval = Approval(both(hands, under(plan, strict)), trust)
        if lifts:
            receipt = publish(plan, ["skyc"], tmp_path / "out", approval=approval)
            (kept,) = [f for f in receipt.findings if f.code == "rule.x" and not f.message.startswith("as written")]
            assert kept.severity == "warn"
            assert kept.message == "Accepted by Li on 2026-05-01 (assessed on site): too tilted"
        else:
            assert refused(plan, ["skyc"], tmp_path / "no", approval=approval) == {"rule.x"}
    other = replace(bad, code="rule.y")
    monkeypatch.setattr(gate, "check", lambda plan, limits=None, progress=None: (other,))
    plan = replace(drone_plan, waivers=(Waiver("rule.y", "Li", "please", "2026-05-01"),))
    assert refused(plan, ["skyc"], tmp_path / "no", approval=Approval(both(hands, under(plan, strict)), trust))


def test_a_warning_about_a_written_file_is_accepted_by_name(drone_plan, firing_plan, tmp_path) -> None:
    # two cues of one module, 4 ms apart, fall into one tick of 10 ms
    rows = (("Red Mine", 1, 1, 10_000_000), ("Blue Mine", 1, 2, 10_004_000))
    spec = ControllerSpec("main", "cobra-6", "COBRA", 0, 199, 1, 18, 10_000, "test")
    plan = firing_plan(rows, controllers=(spec,))
    plain = publish(plan, ["cobra-6"], tmp_path / "plain")
    assert [f.severity for f in plain.findings if f.code == "EXP-TICK"] == ["warn"]
    waiver = Waiver("EXP-TICK", "Li", "heard no difference", "2026-05-01", ("c2",))
    receipt = publish(replace(plan, waivers=(waiver,)), ["cobra-6"], tmp_path / "out")
    (note,) = (f for f in receipt.findings if f.code == "EXP-TICK")
    assert (note.severity, note.message.startswith("Accepted by Li")) == ("note", True)
    assert "WVR-001" not in {f.code for f in receipt.findings}


def test_sound_loaded_for_a_file_is_no_edit(drone_plan, strict, hands, trust, tmp_path) -> None:
    signatures = both(hands, under(drone_plan, strict))
    sound = Soundtrack(48_000, 0, frozen([0, 1, -1, 2], np.int16, (None,)))
    loaded = replace(drone_plan, soundtrack=sound)
    assert publish(loaded, ["skyc"], tmp_path / "out", approval=Approval(signatures, trust)).signatures == signatures


def test_every_file_of_the_folder_is_held_at_first_last_and_between(published, trust) -> None:
    for path in sorted(p for p in published.rglob("*") if p.is_file()):
        data = path.read_bytes()
        for at in {0, len(data) - 1, *range(5, len(data), max(1, len(data) // 9))}:
            path.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
            assert blocks(verify(published, trust)), (path.name, at)
        path.write_bytes(data)
    assert verify(published, trust) == ()


# --- the receipt ---------------------------------------------------------------------------------------------------


@pytest.fixture
def published(drone_plan, strict, hands, trust, tmp_path) -> Path:
    publish(drone_plan, ["skyc"], tmp_path / "out", approval=Approval(both(hands, under(drone_plan, strict)), trust))
    return tmp_path / "out"


def test_a_new_seal_does_not_hide_changed_limits_or_taken_signatures(published, trust) -> None:
    receipt = read_receipt(published)
    for change in ({"limits": Limits(min_gap_m=0.5)}, {"show_sha256": "00" * 32}, {"signatures": ()}):
        forged = sealed(msgspec.structs.replace(receipt, **change))
        (published / NAME).write_bytes(receipt_bytes(forged))
        assert {f.code for f in verify(published, trust)} == {"VERIFY-SIGNATURE"}


def test_vouching_for_the_folder_finds_files_under_a_new_seal(published, hands, trust) -> None:
    vouch(published, hands["Li"], OFFICER, "2026-05-02")
    vouch(published, hands["Wang"], OPERATOR, "2026-05-02")
    assert verify(published, trust) == ()
    with pytest.raises(BadInput, match="already"):
        vouch(published, hands["Li"], OFFICER, "2026-05-03")
    receipt = read_receipt(published)
    target = published / receipt.files[0].name
    target.write_bytes(target.read_bytes() + b"\0")
    with pytest.raises(BadInput, match="not what was published"):
        vouch(published, hands["Li"], "third", "2026-05-03")
    data = target.read_bytes()
    entry = msgspec.structs.replace(receipt.files[0], sha256=gate.files_of({"x": data})[0].sha256, bytes=len(data))
    (published / NAME).write_bytes(receipt_bytes(sealed(msgspec.structs.replace(receipt, files=(entry,)))))
    assert [f.code for f in verify(published, trust)] == ["VERIFY-SIGNATURE"] * 2


def test_every_bit_of_a_small_signed_receipt_is_held(published, trust) -> None:
    data = (published / NAME).read_bytes()
    kept = receipt_of(data, NAME)
    small = receipt_bytes(sealed(msgspec.structs.replace(kept, findings=(), libraries={})))
    receipt_of(small, NAME)
    for at in range(len(small)):
        changed = small[:at] + bytes([small[at] ^ (1 << at % 8)]) + small[at + 1 :]
        with pytest.raises(BadFile):
            receipt_of(changed, NAME)


# --- keys and trust files ------------------------------------------------------------------------------------------


def test_a_key_opens_with_its_passphrase_only(tmp_path) -> None:
    keyed(tmp_path, "Li")
    file = tmp_path / "Li.key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert WORDS not in repr(open_key(file, WORDS))
    with pytest.raises(BadInput, match="passphrase"):
        open_key(file, "wrong words")
    with pytest.raises(BadInput, match="at least 8"):
        new_key("Li", "short")
    held = json.loads(file.read_text())
    held["key"] = "00" * 32
    file.write_text(json.dumps(held))
    with pytest.raises(BadFile, match="does not belong"):
        open_key(file, WORDS)
    for text in ("", "{}", '{"name": "Li", "key": "zz", "secret": "no"}'):
        file.write_text(text)
        with pytest.raises((BadFile, BadInput)):
            open_key(file, WORDS)


def test_a_trust_file_is_read_back_and_refuses_two_names_for_a_key(tmp_path) -> None:
    keyed(tmp_path, "Li")
    public = read_public(tmp_path / "Li.key.pub")
    assert public == read_public(tmp_path / "Li.key")
    list_ = Trust().with_person(Person("Li", public.key, (OFFICER,))).with_person(Person("Li", public.key, (OPERATOR,)))
    assert list_.persons == (Person("Li", public.key, (OFFICER, OPERATOR)),)
    write_file(tmp_path / "trust.json", text_of(list_))
    assert read_trust(tmp_path / "trust.json") == list_
    with pytest.raises(BadInput, match="already that of Li"):
        list_.with_person(Person("Wang", public.key, (OFFICER,)))
    (tmp_path / "trust.json").write_text('{"persons": [{"name": "Li", "key": "12", "roles": []}]}')
    with pytest.raises(BadFile, match="64 hex"):
        read_trust(tmp_path / "trust.json")
