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
    # Share of a passage's pairs of words that no passage told before may have held together, from where it is news
    # in its running story. On TREC TS 2013 the lift is level from 0.4 to 0.7; half misses fewest facts.
    new_company: float = 0.5
    # How much of what the story is about a passage must name to be no aside (1: its very subject).
    # Level from 0.05 to 0.2.
    about_story: float = 0.1
    # And the new pairs it must bring to be shown beside fuller passages: three or four new words. Level from 8 to 16.
    new_pairs: int = 12
