"""Sentences of invented names and chance words: no two events share a name, and hardly two a run of four words."""

from random import Random

_BEGINNINGS = (
    "Bal Cor Dren Fal Gar Hol Ist Jor Kel Lund Mor Nor Os Pel Quen Ros Sal Tor Ul Var Wes Yar Zel Bren Thal".split()
)
_MIDDLES = "a e i o u an er il on ar en or".split()
_ENDINGS = "ba da dra fen gar lin mar na nik ra rik sa ster ta ton va vik wick zar mund".split()
_FIRST = "Ada Bela Cyril Dora Emil Freya Goran Hanna Igor Jana Karel Lena Marek Nora Otto Petra Rolf Sonja Tomas Vera".split()

_PLANTS = (
    "warehouse bridge mine train ferry dam crane bus mill tunnel market school clinic harbour factory theatre stadium "
    "brewery quarry laboratory airfield windmill library monastery observatory shipyard sawmill greenhouse depot kiln"
).split()
_MISHAPS = (
    "burned down,gave way,was flooded,collapsed,exploded,ran aground,left the rails,cracked open,overturned,caught fire,"
    "sank,lost its roof,was struck by lightning,slid into a ravine,was buried by mud,broke in two"
).split(",")
_OFFICES = "coast guard,fire brigade,district police,rescue service,civil defence,health office,port authority".split(
    ","
)
_TRADES = (
    "prosecutor engineer surgeon judge bishop diver trader farmer chemist pilot teacher carpenter colonel banker poet "
    "geologist nurse welder notary captain minister librarian miller baker vet inspector lawyer plumber historian"
).split()
_DEEDS = (
    "accused praised sued warned visited seized inspected photographed sold mended counted measured blamed thanked "
    "refused defended drained painted emptied insured rebuilt borrowed guarded copied weighed searched locked rented"
).split()
_KINDS = (
    "rusty green borrowed leaking wooden heavy forgotten secret marble foreign cheap frozen crowded private broken "
    "ancient narrow silver temporary empty stolen northern printed electric sunken yellow military unpaid royal hollow"
).split()
_THINGS = (
    "pumps ledgers boats cables wells permits engines barrels letters tents valves paintings horses lamps contracts "
    "ladders batteries maps gates tanks bells roofs wagons sirens mirrors radios carpets seeds bricks helmets"
).split()
_TIMES = (
    "before dawn,after lunch,on Sunday,during Lent,last winter,at midnight,within hours,since April,for weeks,by noon,"
    "twice in May,all summer,on Thursday,over Easter,until dusk,in October,every Friday,that evening,on payday,by ship"
).split(",")
_REASONS = (
    "because,although,while,so that,as if,unless,where,long after,even though,as soon as,in case,whenever,until,since"
).split(",")
SOURCES = "Wirepool,Northern Press,Harbour Post,Kessrin Courier,Orland Times,Daily Lantern,Evening Bell".split(",")


def name(picks: Random) -> str:
    """A surname or a town that is hardly drawn twice (some 180,000 there are)."""
    parts = _BEGINNINGS, _MIDDLES, _ENDINGS, _MIDDLES[:5], ["n", "r", "s", "l", "th", "k"]
    return "".join(picks.choice(part) for part in parts)


def person(picks: Random) -> str:
    """A first name and a surname."""
    return f"{picks.choice(_FIRST)} {name(picks)}"


def lead(picks: Random, place: str, toll: int) -> str:
    """The first sentence of an event: its toll is the figure that later versions change."""
    plant, mishap = f"{picks.choice(_KINDS)} {picks.choice(_PLANTS)}", picks.choice(_MISHAPS)
    told = f"{picks.choice(_OFFICES)} of {name(picks)}"
    return picks.choice(
        (
            f"{place} counted {toll} people hurt {picks.choice(_TIMES)} when a {plant} {mishap}, said the {told}.",
            f"A {plant} in {place} {mishap} {picks.choice(_TIMES)}; {toll} people were hurt, the {told} reported.",
            f"The {told} said {toll} people were hurt as {place}'s {plant} {mishap} {picks.choice(_TIMES)}.",
        )
    )


def follow(picks: Random, place: str, who: str) -> str:
    """A paragraph that tells one more fact of an event: what `who` did there."""
    return (
        f"{picks.choice(_TRADES).capitalize()} {who} {picks.choice(_DEEDS)} the {picks.choice(_KINDS)} "
        f"{picks.choice(_THINGS)} of {place} {picks.choice(_TIMES)}, {picks.choice(_REASONS)} "
        f"{picks.choice(_KINDS)} {picks.choice(_THINGS)} from {name(picks)} {picks.choice(_DEEDS)} no "
        f"{picks.choice(_TRADES)} {picks.choice(_TIMES)}."
    )
