"""Every threshold of the judge, in one place, each with where it comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the judge decides by. Shares and likenesses run from 0 to 1."""

    # Likeness from which an article joins a story: highest B-cubed F1 over six orders of 496 articles of ECB+;
    # from 0.22 to 0.28 it moves by 0.02.
    same_story: float = 0.24
    # A story quiet for this long is over (Settings.story_hours).
    story_hours: float = 168.0
    # Share of an article's words found in one earlier article, from where it is that article told on, not another
    # on the same matter: quotes and background that two articles share stay well below.
    update_overlap: float = 0.25
    # Share of an article that one story must tell for copy from a second one to count as brought into it.
    main_story: float = 0.4
    # Nats of information that a new passage must add to its story to be shown as a development: two or three words
    # that the story hadn't told, of the kind that one article in a hundred has. Highest lift on TREC TS 2013.
    new_fact: float = 10.0
    # And below which an article adds nothing at all: one word that only every 150th article has.
    least_fact: float = 5.0
