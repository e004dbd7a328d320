"""Copy for the tests of this room, all of it invented."""

FERRY = (
    "At least 12 people died when the ferry Ondine capsized off the port of Marrow on Tuesday, the "
    "coast guard said.\n\n"
    "The vessel carried 186 passengers and was bound for the island of Tarn when a squall struck it "
    "shortly after dawn, "
    "according to the harbour master.\n\n"
    "Fishing boats pulled 97 survivors from the water before nightfall, and divers will resume the "
    "search on Wednesday.\n\n"
    "“The hatches were open when she left the quay,” said Ilse Varden, who runs the port's rescue station.\n\n"
    "The ministry of transport ordered an inquiry into the company, which bought the vessel from a "
    "Norwegian owner in 2011.\n\n"
    "Two sister ships were told to stay in harbour until inspectors have looked at their doors and pumps."
)
BUDGET = (
    "The finance ministry of Oland raised its forecast for the deficit to 4.3 percent of output on Monday.\n\n"
    "Minister Pia Kron told parliament that revenue from the harbour tax had fallen short for the "
    "third quarter running.\n\n"
    "Opposition leaders demanded a vote on the budget before the summer recess begins in June.\n\n"
    "The central bank left its main rate at 2.5 percent and said that it would watch wages closely this year."
)
ORCHARD = (
    "Frost destroyed half of the apple blossom in the Lenne valley over the weekend, growers reported.\n\n"
    "Their association put the loss at 30 million crowns and asked the regional government for relief.\n\n"
    "Meteorologists expect two more cold nights before milder air arrives from the south on Thursday."
)


def mistyped(text: str, every: int = 60) -> str:
    """The text with a letter lost or doubled in every so many."""
    letters = list(text)
    for at in range(every, len(letters), every):
        letters[at] = "" if at % (2 * every) else letters[at] * 2
    return "".join(letters)
