"""Like events of one week, several articles on each, all of them invented: what a story must keep apart."""

from typing import Any

from streams.records import Entity, TaggedArticle

from .samples import tagged

PEOPLE = "Asta Berg|Luis Orme|Dario Venn|Milo Castan|Ruth Aldane|Pia Kron|Jon Halvard|Edda Moor|Tomas Rehl|Ines Kallo"
PLACES = "Nortava|Elvik|Sarmiel|Port Tavin|Kessrin|Oland|Marovia"

QUAKES = {
    "north": [
        "A magnitude 6.1 earthquake shook the province of Nortava on Monday, killing 14 people, officials said. "
        "Rescue teams searched collapsed houses in Elvik. Governor Asta Berg asked for tents and blankets.",
        "Rescuers in Elvik pulled a child from the rubble two days after the 6.1 quake in Nortava province. "
        "Governor Asta Berg said that 19 people had died.",
        "Aftershocks kept thousands outdoors in Elvik, where Monday's earthquake killed 19. Asta Berg, governor of "
        "Nortava, closed all schools for the week.",
    ],
    "south": [
        "A magnitude 7.3 earthquake struck near the city of Sarmiel on Tuesday, killing 230 people, officials said. "
        "Rescue teams searched collapsed houses along the coast. Mayor Luis Orme asked for tents and water.",
        "Luis Orme, mayor of Sarmiel, said hospitals had no beds left after the 7.3 earthquake. The dead number 260.",
        "Ships brought water and doctors to Sarmiel on Thursday as the toll of the quake reached 260, mayor Luis Orme "
        "said.",
    ],
}
ARRESTS = {
    "venn": [
        "Police in Kessrin arrested midfielder Dario Venn of the Kessrin Rovers on suspicion of drunken driving early on "
        "Tuesday. Dario Venn failed a breath test, police said, and was released on bail.",
        "Kessrin Rovers midfielder Dario Venn will play on Sunday despite his arrest for drunken driving, his coach said. "
        "Venn apologised to supporters.",
        "A court fined Dario Venn, the Kessrin Rovers player, for drunken driving. Venn lost his licence for a year.",
    ],
    "castan": [
        "Goalkeeper Milo Castan of the Kessrin Rovers was arrested late on Friday on suspicion of drunken driving. Milo "
        "Castan drove into a garden fence, police said, and nobody was hurt.",
        "Milo Castan, goalkeeper of the Kessrin Rovers, said he was sorry for the drive that ended in a fence. Police say "
        "Castan had been drinking.",
        "The Kessrin Rovers left goalkeeper Milo Castan out of the squad after his arrest. Castan hit a fence on Friday.",
    ],
}
VOTES = {
    "oland": [
        "Parliament in Oland voted on Monday to raise the harbour tax, by 61 to 44. Finance minister Pia Kron had "
        "threatened to resign over the budget. Pia Kron called the vote a relief.",
        "Shipping lines said they would leave Oland after parliament raised the harbour tax. Pia Kron, the finance "
        "minister, said the vote of 61 to 44 stood.",
        "Finance minister Pia Kron signed the harbour tax into law in Oland, days after the vote in parliament.",
    ],
    "marovia": [
        "Parliament in Marovia voted on Wednesday to bring down prime minister Jon Halvard, by 70 to 52. Jon Halvard lost "
        "the confidence vote over the ferry inquiry and will resign.",
        "Jon Halvard handed in his resignation in Marovia after losing a confidence vote in parliament by 70 to 52. "
        "Elections are due in May.",
        "Marovia will vote in May, the president said, after the fall of prime minister Jon Halvard in parliament.",
    ],
}


def article(name: str, text: str, **more: Any) -> TaggedArticle:
    """An article with its people and places tagged."""
    kinds = {"PERSON": PEOPLE, "GPE": PLACES}
    found = [(each, kind) for kind, names in kinds.items() for each in names.split("|") if each in text]
    return tagged(name, [text], entities=[Entity(name=each, kind=kind) for each, kind in found], **more)


def stream(events: dict[str, list[str]]) -> list[tuple[str, TaggedArticle]]:
    """The articles of some events, told in turn, each with its event."""
    turns = zip(*events.values(), strict=True)
    return [
        (event, article(f"{event} {turn}", text))
        for turn, texts in enumerate(turns)
        for event, text in zip(events, texts, strict=True)
    ]
