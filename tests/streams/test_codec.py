"""What goes over the wire comes back the same; what can't be read is refused in words a person understands."""

from datetime import UTC, datetime

import pytest

from streams.codec import decode, encode
from streams.errors import RejectedCopy
from streams.records import CleanArticle, Comparison, Match, RawArticle, Rejected, Verdict

RAW = RawArticle(
    id="wire/1",
    headline="Überschwemmung – 40 vermisst",
    published=datetime(2024, 3, 1, 9, 30, tzinfo=UTC),
    text="Körper",
)
REJECTED = Rejected(
    id="r1",
    reason="not UTF-8",
    topic="wire.raw",
    partition=0,
    offset=3,
    rejected=datetime(2024, 3, 1, tzinfo=UTC),
    value=b"\xff\x00{",
)
VERDICT = Verdict(id="a", verdict="repeat", alert=False, matches=[Match(id="b", overlap=0.5)], reasons={"overlap": 0.5})


@pytest.mark.parametrize("record", [RAW, REJECTED, VERDICT], ids=lambda record: type(record).__name__)
def test_a_record_comes_back_as_it_went(record: RawArticle | Rejected | Verdict) -> None:
    assert decode(encode(record), type(record)) == record


def test_equal_records_give_equal_bytes() -> None:
    one = Verdict(id="a", verdict="new", alert=True, reasons={"b": 1, "a": 2})
    other = Verdict(id="a", verdict="new", alert=True, reasons={"a": 2, "b": 1})
    assert encode(one) == encode(other)


def test_text_is_utf_8_on_the_wire_and_not_escaped() -> None:
    assert "Überschwemmung – 40 vermisst".encode() in encode(RAW)


def test_json_is_read_from_text_too() -> None:
    assert decode('{"id": "a", "text": "b"}', RawArticle) == RawArticle(id="a", text="b")


def test_what_workers_send_one_another_may_gain_fields() -> None:
    assert decode(b'{"id": "a", "doc": "d", "paragraphs": [], "mood": "calm"}', CleanArticle).doc == "d"


def test_verdicts_and_comparisons_without_evidence_still_read() -> None:
    verdict = decode(b'{"id": "a", "verdict": "new", "alert": true, "reasons": {"update_overlap": 0.25}}', Verdict)
    assert (verdict.passages, verdict.stories) == ([], [])
    passage = b'{"start": 0, "end": 9, "seen": 1.0, "where": "b", "novel": false}'
    change = b'{"kind": "figure", "old": "1", "new": "2", "context": "2 died."}'
    compared = decode(b'{"passages": [' + passage + b'], "changes": [' + change + b"]}", Comparison)
    assert (compared.passages[0].said, compared.changes[0].start) == ([], None)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"id": "a", "text": "caf\xe9"}', r"^not UTF-8: byte 0xe9 at position 24; encode the JSON as UTF-8$"),
        ('{"id": "a", "text": "b"}'.encode("utf-16"), r"^not UTF-8: byte 0xff at position 0"),
        (b"Toll rises to 40", r"^not JSON: .*byte 0.*; send one JSON object a message$"),
        (b"", r"^not JSON: .*truncated"),
        (b'{"id": "a"', r"^not JSON: .*truncated"),
        (b'{"id": "a"}{"id": "b"}', r"^not JSON: .*trailing"),
        (b'{"id": "a", "text": "one\ntwo"}', r"^not JSON: .*invalid character"),
        (b"[1]", r"`object`, got `array`.*RawArticle"),
        (b'{"text": "b"}', r"missing required field `id`"),
        (b'{"id": ""}', r"length >= 1 - at `\$\.id`"),
        (b'{"id": 5}', r"Expected `str`, got `int` - at `\$\.id`; see the fields of RawArticle"),
        (b'{"id": "a", "published": "2024-03-01T09:30:00"}', r"timezone.*at `\$\.published`"),
        (b'{"id": "a", "published": "yesterday"}', r"datetime.*at `\$\.published`"),
        (b'{"id": "a", "status": "killed"}', r"'killed' - at `\$\.status`"),
        (b'{"id": "a", "urgency": 10}', r"<= 9 - at `\$\.urgency`"),
        (b'{"id": "a", "embargoed": "x"}', r"^unknown field `embargoed`; did you mean `embargoed_until`\?$"),
        (b'{"id": "a", "qqq": 1}', r"^unknown field `qqq`; known fields: id, source, .*html$"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place_and_the_mend(data: bytes, reason: str) -> None:
    with pytest.raises(RejectedCopy, match=reason):
        decode(data, RawArticle)


def test_a_body_that_nests_without_end_is_refused() -> None:
    with pytest.raises(RejectedCopy, match=r"at `\$\.text`"):
        decode(b'{"id": "a", "text": ' + b"[" * 200_000, RawArticle)


def test_a_long_unknown_name_is_cut_in_the_reason() -> None:
    with pytest.raises(RejectedCopy) as caught:
        decode(b'{"id": "a", "' + b"q" * 100_000 + b'": 1}', RawArticle)
    assert len(str(caught.value)) < 500


def test_a_byte_order_mark_does_no_harm() -> None:
    assert decode(b'\xef\xbb\xbf{"id": "a", "text": "b"}', RawArticle).id == "a"


@pytest.mark.parametrize("identifier", ["a\\u0000b", "a\\u001b[31m", "a\\n"])
def test_an_id_with_control_characters_is_refused(identifier: str) -> None:
    with pytest.raises(RejectedCopy, match=r"at `\$\.id`"):
        decode(f'{{"id": "{identifier}"}}'.encode(), RawArticle)


def test_unread_nesting_without_end_is_refused() -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    with pytest.raises(RejectedCopy, match="nested too deep"):
        decode(b'{"id": "a", "doc": "d", "paragraphs": [], "x": ' + deep + b"}", CleanArticle)
