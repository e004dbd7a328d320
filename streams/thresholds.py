"""Every threshold of the judge, in one place, each with its unit and where it comes from.

Shares and likenesses run from 0 to 1. What only bounds cost or memory (how many candidates, how large a record)
stands where it is used, and so does what tells a page from the copy on it (`agents/clean`): it decides what
is read, not what the verdict is.

*Level* from a to b: with this one alone changed, nothing moves by more than 0.001. For what compares copy that was
measured in November 2026 on 2,299 articles (Reuters-21578 and ECB+ with made reprints and updates): repeat F1, new-text
F1, the share of figure changes found. What names no measure and no paper is a choice for the reason given.
"""

from dataclasses import dataclass

# Finding copy again: winnowing (Schleimer, Wilkerson and Aiken 2003).

SHINGLE = 4  # words; three recur by chance in the trade's phrases, five are broken by every typing error
WINDOW = 11  # shingles; on average one in six is kept, and a shared run of 14 words is always found
FIGURES_KEPT = 24  # of a text, from its beginning, whose shingles are kept whatever the window says
TRIPLE = 3  # words in a row that place a passage; with pairs, which recur anywhere, 1 original in 500 is named wrongly
NEARLY = 0.75  # of the largest overlap: from there the article told again is the one most alike both ways
MATCH_WORDS = 10  # words two articles must share to be matched; less is a stock phrase. Level from 5 to 20

# Whether a passage was told before: longest common subsequence of words with its place in an earlier text.

# Share of a passage's words kept in order. Below it, it's another sentence on the same matter.
# Level from 0.5 to 0.65; at 0.7 one copy-edited reprint in a hundred rings.
SEEN = 0.6
# Share of its words in triples of earlier texts, wherever they stand, from where it was only put together anew.
# Level from 0.7 to 0.9.
STREWN = 0.8
# Share of its words that stand at its place in order, from where words moved within it count as kept.
# Level up to 0.7; at 0.3 chance words make new sentences known ones (new-text F1 -0.006).
ROOTED = 0.5
PIECE = 6  # words of a passage that may come from another place than the rest of it: a clause. Level from 4 to 9
# Share of an article found in an earlier one, from where it is looked through letter by letter. Level from 0.15 to 0.5.
KIN = 0.3
# Of 100 (rapidfuzz's partial ratio): letters that a mistyped passage shares with its place. Level from 70 to 90.
BLURRED = 80
# Of 100 (rapidfuzz's ratio): letters shared by a word and the same word mistyped. At 70 one retyped reprint in eighty
# rings, at 50 other words pass for it (new-text F1 -0.001).
SLIP = 60
NOISE = 0.02  # mistyped words to all words, from where single slips mean nothing. Level from 0.01 to 0.04
NOISE_COUNT = 3  # and that many of them at least; from 5 on short retyped reprints ring

# Whether words put into a known passage tell something.

FRAGMENT = 4  # words put in before they may tell something of their own. Level from 3 to 6
UNHEARD = 3  # of them unheard of before; two are a synonym or an attribution. At 4 new text is missed (F1 -0.001)
TELLING_WORD = 3  # letters of a word that may tell something. Level from 2 to 4
ROOT = 5  # letters by which a word is known whatever its ending. Level from 4 to 7
# Changed figures to all words: from there a form was filled in anew ("Net 14.8 mln vs 11 mln").
# Level from 0.1; at 0.4 such lines are missed (new-text F1 -0.003).
RETOLD = 0.2

# Whether a gap between two tellings changes a fact.

# Share of a sentence's names: an earlier article must have more of them for its like sentence to be on this matter.
SAME_MATTER = 0.5

MISQUOTED = 2  # words of a quotation put for others, at least; one is an editor's brackets. Level from 1 to 3
# And that share of its words: fewer is what copy-editing does to a long one. At 0.05 two copy-edited reprints in a
# hundred ring. At 0.2 two fewer do, but no changed quote is among what was measured, and those would be missed.
MISQUOTED_SHARE = 0.1
TURNED = 4  # words on either side of a gap that may turn the sense; more are a clause. Level from 2 to 8
HEDGED = 3  # words before a figure that may say that it is rounded ("more than the"). Level from 2 to 5
ONE_NAME_SLIPS = 2  # letters by which a name in mistyped copy may differ. Level to 3; at 1 retyped reprints ring
# Of 100 (partial ratio): letters that one of two names, mistyped, shares with a part of the other. Level from 50 to 75.
ONE_NAME = 60
ABBREVIATION = 5  # letters of the longest: "gov", "sgt", "capt"
SHOUTING = 0.5  # share of capitals among the words, from where they tell no names. Level from 0.3 to 0.8
# Words of a line beside the copy, from where its figures count; shorter ones number pages, photos. Level from 3 to 8.
BESIDE_WORDS = 5
BESIDE_LEAD = 2  # words of such a line whose figures count the wire's own takes ("UPDATE 2-"). Level to 4

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
# Of the new pairs that a passage needs, what the lead of untold copy needs: it is what the article is about.
LEADING = 0.5
OFF_STORY = 0.2  # what a passage off the story, or in no sentence's form, weighs beside one that is all about it


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the desk decides by: a value of its own, since how long a story lives is a setting."""

    # Likeness from which an article joins a story: highest B-cubed F1 over six orders of 496 articles of ECB+;
    # from 0.22 to 0.28 it moves by 0.02.
    same_story: float = 0.24
    # Likeness of an article to each of two stories, from where they may be one: twice what joining one takes. Of merges
    # on ECB+, where every event has one much like it, 7 in 12 were right; at 0.45 9 in 25, at 0.35 24 in 56.
    same_event: float = 0.5
    # And how alike the two must be: what two unlike ones become by the first article on both.
    alike: float = 0.3
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
