"""The model finds names, whichever package or folder it comes from, and says clearly when it can't."""

from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language

from agents.extract.greedy import greedy
from agents.extract.model import Model, load
from streams.errors import CopytasterError
from streams.settings import Settings

TEXT = "Angela Merkel met Japanese officials of the World Bank in Brussels on Monday."


def test_people_places_and_organisations_are_found(model: Model) -> None:
    (found,) = model.find([TEXT])
    assert {
        ("Angela Merkel", "PERSON"),
        ("Japanese", "NORP"),
        ("the World Bank", "ORG"),
        ("Brussels", "GPE"),
    } <= set(found)


def test_a_text_without_words_names_nothing(model: Model) -> None:
    assert model.find(["", " \n", "\x00\u200b", "!!!"]) == [[], [], [], []]


def test_a_model_is_loaded_once(model: Model) -> None:
    assert load(Settings().model) is model


def test_a_missing_package_is_named_with_the_setting_and_the_mend() -> None:
    with pytest.raises(CopytasterError, match=r"COPYTASTER_MODEL=no_such_model.*python -m pip install no_such_model"):
        load("no_such_model")


def test_a_package_that_is_no_model_is_refused() -> None:
    with pytest.raises(CopytasterError, match="COPYTASTER_MODEL=json"):
        load("json")


def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CopytasterError, match="look at the path"):
        load(str(tmp_path))


def test_a_model_that_names_nothing_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(CopytasterError, match="names no entities"):
        load(str(tmp_path / "blank"))


def test_a_model_in_a_folder_serves_any_language(tmp_path: Path) -> None:
    language = spacy.blank("ru")
    language.add_pipe("entity_ruler").add_patterns([{"label": "LOC", "pattern": "Киеве"}])  # type: ignore[attr-defined]
    language.to_disk(tmp_path / "ruler")
    assert load(str(tmp_path / "ruler")).find(["Переговоры в Киеве"]) == [[("Киеве", "LOC")]]


def test_a_network_that_the_recogniser_listens_to_is_kept(tmp_path: Path) -> None:
    language = spacy.blank("en")
    language.add_pipe("tok2vec")
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
    recogniser = language.add_pipe("ner", config={"model": {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "extra_state_tokens": False,
        "hidden_width": 8, "maxout_pieces": 1, "use_upper": False, "tok2vec": listener,
    }})  # fmt: skip
    recogniser.add_label("GPE")  # type: ignore[attr-defined]
    language.initialize()
    language.to_disk(tmp_path / "shared")
    expected = [(entity.text, entity.label_) for entity in language(TEXT).ents]
    assert load(str(tmp_path / "shared")).find([TEXT]) == [expected]


@pytest.fixture(scope="module")
def language() -> Language:
    """The model as spaCy gives it, with nothing but its recogniser."""
    made = spacy.load(Settings().model)
    for name in [each for each in made.pipe_names if each != "ner"]:
        made.remove_pipe(name)
    return made


WIDE = {  # six feature tokens, where the quick recogniser reads three
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": True,
    "hidden_width": 8,
    "maxout_pieces": 2,
    "use_upper": True,
    "tok2vec": {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "width": 8,
        "depth": 1,
        "embed_size": 64,
        "window_size": 1,
        "maxout_pieces": 2,
        "subword_features": True,
        "pretrained_vectors": None,
    },
}
SENTENCES = [
    "Angela Merkel and Joe Biden met in New York on Tuesday, 3 May 2022, the United Nations said.",
    "\n\nShares of Volkswagen AG fell 4.5 percent\nto 130 euros in Frankfurt ; 1,200 people work there. ",
    "Reuters",
    "LONDON, March 3 (Reuter) - Royal Dutch/Shell Group <RD> said net profit rose to 1.2 billion stg vs 900 mln.",
    "he said that nothing of the kind had been agreed, and that they would meet again",
    " ",
    "",
    "On Monday the Bank of England's Andrew Bailey, Christine Lagarde of the European Central Bank and Jerome Powell",
]


def test_the_quick_recogniser_reads_as_spacy_does(language: Language) -> None:
    quick = greedy(language)
    assert quick
    texts = [*SENTENCES, " ".join(SENTENCES), "\n".join(reversed(SENTENCES))]
    read = quick.entities([language.make_doc(text) for text in texts])
    spacys = [[(each.start, each.end, each.label_) for each in doc.ents] for doc in language.pipe(texts)]
    assert sum(map(len, spacys)) > 30
    assert read == spacys


def test_a_pipeline_of_another_kind_is_read_by_spacy_itself() -> None:
    ruled = spacy.load(
        Settings().model, exclude=["parser", "tagger", "attribute_ruler", "lemmatizer", "tok2vec", "senter"]
    )
    ruler: Any = ruled.add_pipe("entity_ruler", before="ner")
    ruler.add_patterns([{"label": "ORG", "pattern": "zorbing club"}])
    assert greedy(ruled) is None
    assert Model(ruled).find(["The zorbing club met."]) == [[("zorbing club", "ORG")]]
    wide = spacy.blank("en")
    recogniser: Any = wide.add_pipe("ner", config={"model": WIDE})
    recogniser.add_label("ORG")
    wide.initialize()
    assert greedy(wide) is None
    assert len(Model(wide).find(["The zorbing club met."])) == 1
