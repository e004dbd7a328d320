"""Every threshold of the judge, in one place, each with its unit and where it comes from.

Shares and likenesses run from 0 to 1. What only bounds cost or memory (how many candidates, how large a record)
stands where it is used, and so does what tells a page from the copy on it (`agents/clean`): it decides what
is read, not what the verdict is.
"""

from dataclasses import dataclass

# Finding copy again: winnowing (Schleimer, Wilkerson and Aiken 2003).

SHINGLE = 4  # words; three recur by chance in the trade's phrases, five are broken by every typing error
WINDOW = 11  # shingles; on average one in six is kept, and a shared run of 14 words is always found
FIGURES_KEPT = 24  # of a text, from its beginning, whose shingles are kept whatever the window says
TRIPLE = 3  # words in a row that place a passage; pairs recur within any article
NEARLY = 0.75  # of the largest overlap: from there the article told again is the one most alike both ways
MATCH_WORDS = 10  # words two articles must share to be matched; less is a stock phrase

# Whether a passage was told before: longest common subsequence of words with its place in an earlier text.

# Share of a passage's words kept in order. Below it, it's another sentence on the same matter.
SEEN = 0.6
# Share of its words in triples of earlier texts, wherever they stand, from where it was only put together anew.
STREWN = 0.8
# Share of its words that stand at its place in order, from where words moved within it count as kept.
ROOTED = 0.5
PIECE = 6  # words of a passage that may come from another place than the rest of it: a clause
KIN = 0.3  # share of an article found in an earlier one, from where it is looked through letter by letter
BLURRED = 80  # of 100 (rapidfuzz's partial ratio): letters that a mistyped passage shares with its place
SLIP = 60  # of 100 (rapidfuzz's ratio): letters shared by a word and the same word mistyped
NOISE = 0.02  # mistyped words to all words, from where single slips mean nothing
NOISE_COUNT = 3  # and that many of them at least

# Whether words put into a known passage tell something.

FRAGMENT = 4  # words put in before they may tell something of their own
UNHEARD = 3  # of them unheard of before; two are a synonym or an attribution
TELLING_WORD = 3  # letters of a word that may tell something
ROOT = 5  # letters by which a word is known whatever its ending
RETOLD = 0.2  # changed figures to all words: from there a form was filled in anew ("Net 14.8 mln vs 11 mln")

# Whether a gap between two tellings changes a fact.

MISQUOTED = 2  # words of a quotation put for others, at least; one is an editor's brackets
MISQUOTED_SHARE = 0.1  # of its words; fewer is what copy-editing does to a long one
TURNED = 4  # words on either side of a gap that may turn the sense; more are a clause of their own
HEDGED = 3  # words before a figure that may say that it is rounded ("more than the", "at least some")
ONE_NAME_SLIPS = 2  # letters by which a name in mistyped copy may differ
ONE_NAME = 60  # of 100 (partial ratio): letters that one of two names, mistyped, shares with a part of the other
ABBREVIATION = 5  # letters of the longest: "gov", "sgt", "capt"
SHOUTING = 0.5  # share of capitals among the words, from where they tell no names
BESIDE_WORDS = 5  # of a line beside the copy, from where its figures count; shorter ones number pages and photos
BESIDE_LEAD = 2  # words of such a line whose figures count the wire's own takes ("UPDATE 2-")

# What an article is about: tf-idf over a prior (wordfreq, Speer 2022), in three channels.

TYPICAL_ARTICLE = 300  # words of an article; a word's frequency times this is how often an article has it
RAREST = 1e-6  # frequency of what the lists don't hold; they end there
UNLISTED = 1e-5  # frequency of any word of a language without a list: the stream must tell
PRIOR = 1000.0  # imagined articles that the background frequencies stand for, beside those of the stream
NAMED = 1.5  # how much more a word counts within a name: who and where part two events of one kind
LEAD = 2  # paragraphs that say what it is about
CHANNELS = {"words": 1.0, "figures": 0.35, "people": 0.2}  # how much each kind of term counts in the likeness

# Whether a story runs on, and is about the same people.

CORE = 0.5  # share of a story's articles that lead with a person, from where the story is about them
# What is left of the likeness where article and story are about other people. On ECB+ 0.5 and 0.7 gain as much on
# words that were not looked at (B-cubed F1 + 0.004 to 0.023, thresholds left alone); 0.3 breaks stories up.
OTHER_PEOPLE = 0.7
PACE = 3.0  # gaps of its own that a story may be quiet for: after three weeks without one a weekly trial is over
LIVES = 2.0  # story_hours that a story may be quiet for at most, however slow its pace

# Which words make a fact: self-information in nats (Shannon 1948), -ln of the share of articles that hold the word.

CONTENT = 1.5  # nats; commoner words (in more than every fifth article) bind nothing
FUNCTION = 1.0  # nats; words in more than every third article: the, of, was
NEAR = 3  # content words apart at most, for two of them to belong to one statement
STEM = 6  # letters: "capsizing" is "capsized"; figures stay whole
SHORTEST_SENTENCE = 5  # words; a shorter line is a heading or a table's cell, and its figure alone is no fact
LONGEST_SENTENCE = 60  # words of a sentence; what runs on is a menu or a list
JOINED = 0.2  # share of small words that join a sentence; a list of titles has fewer
OFF_STORY = 0.2  # what a passage off the story, or in no sentence's form, weighs beside one that is all about it


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the desk decides by: a value of its own, since how long a story lives is a setting."""

    # Likeness from which an article joins a story: highest B-cubed F1 over six orders of 496 articles of ECB+;
    # from 0.22 to 0.28 it moves by 0.02.
    same_story: float = 0.24
    # Likeness of two stories from where they are one, if an article belongs to both. Of merges on ECB+ 7 in 12 were
    # right at 0.55, 11 in 19 at 0.5, and those from 0.6 on: a wrong one can't be undone, a missed one costs little.
    same_event: float = 0.6
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
    # Hours within which copy under the slug of an item may be a later version of it: AP's keywords and ordinals serve
    # one cycle of news, and the next day begins anew.
    cycle_hours: float = 24.0
