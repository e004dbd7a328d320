"""What a story keeps of all it has told."""

from agents.alert.memory import PASSAGES, Memory


def filled(*passages: str, told: bytes = b"") -> bytes:
    for passage in passages:
        told = Memory(told).with_copy(passage.split(), [passage.split()])
    return told


def test_words_are_heard_whatever_their_ending() -> None:
    memory = Memory(filled("the ferry capsized"))
    assert memory.heard("capsizing")
    assert not memory.heard("resigned")


def test_figures_are_heard_whole() -> None:
    memory = Memory(filled("the quake of 1234567"))
    assert memory.heard("1234567")
    assert not memory.heard("1234568")


def test_words_of_one_passage_were_told_together() -> None:
    memory = Memory(filled("captain seized", "minister resigned"))
    assert not memory.apart({("captain", "seized")})
    assert memory.apart({("captain", "resigned")})


def test_an_empty_memory_has_heard_nothing() -> None:
    memory = Memory(b"")
    assert not memory
    assert not memory.heard("ferry")
    assert memory.apart({("ferry", "sank")})


def test_words_of_what_was_not_shown_are_heard_but_were_not_told() -> None:
    memory = Memory(Memory(b"").with_copy(["ferry", "sank"], []))
    assert memory.heard("ferry")
    assert memory.apart({("ferry", "sank")})


def test_a_memory_keeps_its_latest_passages_and_never_grows() -> None:
    told = filled(*(f"word{number} term{number}" for number in range(PASSAGES)))
    longer = filled("last night", told=told)
    assert len(longer) == len(told)
    assert not Memory(longer).apart({("last", "night")})
    assert Memory(longer).apart({("word0", "term0")})
    assert Memory(longer).heard("word0")


def test_one_endless_page_does_not_push_out_all_else() -> None:
    told = filled("ferry sank")
    page = [[f"word{number}", f"term{number}"] for number in range(10 * PASSAGES)]
    assert not Memory(Memory(told).with_copy([], page)).apart({("ferry", "sank")})


def test_a_memory_filled_by_a_long_story_still_hears_most_that_is_new() -> None:
    memory = Memory(Memory(b"").with_copy((f"w{number}" for number in range(4000)), []))
    assert sum(not memory.heard(f"x{number}") for number in range(500)) > 450


def test_the_same_words_in_another_order_give_the_same_memory() -> None:
    assert Memory(b"").with_copy(["a", "b"], [["a", "b"]]) == Memory(b"").with_copy(["b", "a"], [["b", "a"]])
