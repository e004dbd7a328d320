"""Invented copy that the tests of the clean room share."""

HEADLINE = "Freighter aground closes Port Verrin harbour"
LEAD = (
    "The harbour at Port Verrin was closed on Tuesday after a freighter ran aground at the mouth of the river, the port"
    " authority said."
)
RESCUE = "Some 40 people were taken off the ship by helicopter, and no one was hurt."
QUOTE = "“We were lucky with the tide,” said the harbour master, Ines Calder."
PLAN = "Salvage crews expect to refloat the vessel on Thursday."
BODY = [LEAD, RESCUE, QUOTE, PLAN]
CAPTION = "The freighter lies at the mouth of the Verrin on Tuesday morning."
CREDIT = "(photo credit: Ann Lee/Reuters)"


def text_of(*blocks: str) -> str:
    """Blocks parted by empty lines."""
    return "\n\n".join(blocks)
