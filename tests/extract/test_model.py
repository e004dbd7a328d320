"""The model finds names, whichever package or folder it comes from, and says clearly when it can't."""

from pathlib import Path

import pytest
import spacy

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
