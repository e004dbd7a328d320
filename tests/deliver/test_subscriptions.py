"""A file of subscriptions is read whole or not at all: each mistake is named with its line and its mend."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.deliver.filters import Filter
from agents.deliver.subscriptions import MOST, Subscription, SubscriptionsError, Webhook, load, read
from streams.settings import Settings

from .samples import SECRET

SETTINGS = Settings()
ENVIRONMENT = {
    "DESK": "whsec_" + base64.b64encode(SECRET).decode(),
    "BARE": base64.b64encode(SECRET).decode().rstrip("="),
    "SHORT": "whsec_" + base64.b64encode(b"short").decode(),
    "PLAIN": "my password!",
    "EMPTY": "",
}
GOOD = """
[[subscription]]
name = "harbour"
entity = "Saint Orla"
words = ["ferry", "ship log"]
urgency = 3
any = [{ kind = ["new", "update"] }, { language = "en", place = "Marrow" }]
not = { source = "Other Wire" }
topic = "desk.harbour"
webhook = "https://desk.example/hook?room=1"
secret = "env:DESK"
feed = 20
"""


def test_a_sound_file_is_read() -> None:
    (found,) = read(GOOD, SETTINGS, ENVIRONMENT)
    assert found == Subscription(
        name="harbour",
        filter=Filter(
            entity=("Saint Orla",),
            words=("ferry", "ship log"),
            urgency=3,
            anys=(Filter(kind=("new", "update")), Filter(language=("en",), place=("Marrow",))),
            nots=(Filter(source=("Other Wire",)),),
        ),
        topic="desk.harbour",
        webhook=Webhook("https://desk.example/hook?room=1", (SECRET,)),
        entries=20,
    )


def test_a_file_may_be_empty_and_have_any_line_ends() -> None:
    assert read("", SETTINGS, ENVIRONMENT) == []
    assert read(GOOD.replace("\n", "\r\n"), SETTINGS, ENVIRONMENT) == read(GOOD, SETTINGS, ENVIRONMENT)


def test_a_secret_is_read_from_a_file_too_and_may_be_rotated(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(ENVIRONMENT["DESK"] + "\n")
    text = GOOD.replace('"env:DESK"', f'["file:{tmp_path / "key"}", "env:BARE"]')
    (found,) = read(text, SETTINGS, ENVIRONMENT)
    assert found.webhook
    assert found.webhook.secrets == (SECRET, SECRET)


def test_no_secret_is_shown() -> None:
    assert SECRET.decode() not in repr(read(GOOD, SETTINGS, ENVIRONMENT))


HEAD = '[[subscription]]\nname = "a"\ntopic = "a"\n'  # three lines, so that what follows stands in line 4
HOOK = '[[subscription]]\nname = "a"\n'  # two


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (HEAD + 'enttiy = "x"', 4, "`enttiy` is not known here; did you mean `entity`?"),
        (HEAD + "zzz = 1", 4, "`zzz` is not known here; there are name, topic"),
        (HEAD + 'all = [\n {kind = "new"},\n {webhook = "x"},\n]', 6, "`webhook` is not known here; there are entity"),
        (HEAD + "[other]", 4, "`other` is not known here; there are subscription"),
        (HEAD + "\n[[subscriptions]]", 5, "did you mean `subscription`?"),
        ('subscription = "x"', 1, "begin each with [[subscription]]"),
        ('[subscription]\nname = "a"', 1, "begin each with [[subscription]]"),
        ('[[subscription]]\ntopic = "a"', 1, 'it has no name; give it one, such as name = "harbour"'),
        ('[[subscription]]\nname = "a"', 1, "it goes nowhere; give it a `topic`, a `webhook` or a `feed`"),
        ('[[subscription]]\ntopic = "a"\nname = "A b"', 3, "`name` 'A b' can't be used; it takes small letters"),
        ('[[subscription]]\ntopic = "a"\nname = ""', 3, "`name` takes a text in quotes"),
        ('[[subscription]]\ntopic = "a"\nname = 7', 3, "`name` takes a text in quotes"),
        (HEAD + "\n" + HEAD, 6, "'a' is named in line 2 too; rename one"),
        (HOOK + 'topic = "a b"', 3, "`topic` 'a b' can't be used; it takes letters"),
        (HOOK + 'topic = "wire.alerts"', 3, "`topic` 'wire.alerts' is taken; name another"),
        (HOOK + 'topic = ".."', 3, "is taken"),
        (HOOK + "topic = true", 3, "`topic` takes a text in quotes"),
        (HEAD + "entity = 5", 4, "`entity` takes a text or a list of texts"),
        (HEAD + "entity = []", 4, "`entity` takes a text or a list of texts"),
        (HEAD + 'entity = [\n "a",\n "",\n]', 6, "`entity` takes texts in quotes, none of them empty"),
        (HEAD + 'story = ["a", 5]', 4, "`story` takes texts in quotes"),
        (HEAD + 'words = "..."', 4, "`words` '...' has no word in it; write one"),
        (HEAD + 'kind = "nwe"', 4, "`kind` 'nwe' never rings; did you mean 'new'?"),
        (HEAD + 'kind = "repeat"', 4, "`kind` 'repeat' never rings"),
        (HEAD + "urgency = 0", 4, "`urgency` takes a whole number from 1"),
        (HEAD + 'urgency = "3"', 4, "`urgency` takes a whole number from 1"),
        (HEAD + "urgency = true", 4, "`urgency` takes a whole number from 1"),
        (HEAD + 'language = "english!"', 4, "`language` 'english!' is no tag"),
        (HEAD + "all = []", 4, "`all` takes conditions in braces"),
        (HEAD + 'not = "new"', 4, "`not` takes conditions in braces"),
        (HEAD + "not = {}", 4, "`not` takes conditions in braces"),
        (HEAD + "not.not.not.not.not.not.not.not.not.kind = 'new'", 4, "more than 8 deep"),
        (HEAD + 'not = { kind = "nwe" }', 4, "never rings"),
        (HEAD + "[subscription.not]\nkind = 'nwe'", 5, "never rings"),
        (HOOK + "feed = 0", 3, "`feed` takes true, or how many alerts it holds, from 1 to 500"),
        (HOOK + 'feed = "yes"', 3, "`feed` takes true"),
        (HOOK + 'webhook = "https://x.example"', 3, 'a webhook is signed; add secret = "env:NAME"'),
        (HEAD + 'secret = "env:DESK"', 4, "`secret` signs a webhook, and there is none"),
        (HOOK + 'secret = "env:DESK"\nwebhook = "x.example"', 4, "'x.example' is no address; begin it with https://"),
        (HOOK + 'secret = "env:DESK"\nwebhook = "https://"', 4, "is no address"),
        (HOOK + 'secret = "env:DESK"\nwebhook = "https://x.example:port/"', 4, "is no URL"),
        (HOOK + 'secret = "env:DESK"\nwebhook = "https://me:pw@x.example"', 4, "has a password in it"),
        (HOOK + 'secret = "env:DESK"\nwebhook = "https://x.example/a b"', 4, "has a space in it"),
        (
            HOOK + 'webhook = "https://x.example"\nsecret = "whsec_aGVsbG8="',
            4,
            'is read from elsewhere; write "env:NAME"',
        ),
        (HOOK + 'webhook = "https://x.example"\nsecret = "env:MISSING"', 4, "MISSING is not set in the environment"),
        (HOOK + 'webhook = "https://x.example"\nsecret = "env:EMPTY"', 4, "EMPTY is not set in the environment"),
        (
            HOOK + 'webhook = "https://x.example"\nsecret = "env:SHORT"',
            4,
            "SHORT holds 5 bytes, and 24 to 64 are taken",
        ),
        (HOOK + 'webhook = "https://x.example"\nsecret = "env:PLAIN"', 4, "PLAIN holds no base64"),
        (HOOK + 'webhook = "https://x.example"\nsecret = "env:COPYTASTER_KEY"', 4, "would be taken for a setting"),
        (HOOK + 'webhook = "https://x.example"\nsecret = "file:/no/such"', 4, "/no/such can't be read: No such file"),
        (HOOK + 'webhook = "https://x.example"\nsecret = []', 4, "`secret` takes a text or a list"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_its_mend(text: str, line: int, words: str) -> None:
    with pytest.raises(SubscriptionsError) as caught:
        read(text, SETTINGS, ENVIRONMENT, "desk.toml")
    told = str(caught.value).splitlines()
    assert any(each.startswith(f"desk.toml:{line}: ") and words in each for each in told), told


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name = a", 1),
        (HEAD + 'name = "b"', 4),
        (HEAD + 'topic "a"', 4),
        (HEAD + 'entity = "a', 4),
        ("[[subscription]", 1),
        (HEAD + "words = ['''a\n\n", 6),
    ],
)
def test_what_is_no_toml_is_named_with_its_line(text: str, line: int) -> None:
    with pytest.raises(SubscriptionsError, match=rf"desk\.toml:{line}: no TOML: .*text stands in quotes"):
        read(text, SETTINGS, ENVIRONMENT, "desk.toml")


def test_all_mistakes_are_named_at_once_in_the_order_of_their_lines() -> None:
    text = HEAD + 'kind = "nwe"\nurgency = 0\n\n[[subscription]]\nname = "b"'
    with pytest.raises(SubscriptionsError) as caught:
        read(text, SETTINGS, ENVIRONMENT, "desk.toml")
    assert [each.split(": ")[0] for each in str(caught.value).splitlines()] == [
        "desk.toml:4",
        "desk.toml:5",
        "desk.toml:7",
    ]


@given(st.integers(0, len(GOOD)), st.integers(0, 30), st.text(alphabet="[]{}=,.\"'#\n\\ a1-", max_size=6))
def test_whatever_is_done_to_a_file_it_is_read_or_its_lines_are_named(start: int, cut: int, put: str) -> None:
    text = GOOD[:start] + put + GOOD[start + cut :]
    try:
        read(text, SETTINGS, ENVIRONMENT, "desk.toml")
    except SubscriptionsError as error:
        found = [int(each.split(":")[1]) for each in str(error).splitlines()]
        assert all(1 <= line <= text.count("\n") + 2 for line in found)


def test_there_is_a_bound_to_the_subscriptions_of_a_file() -> None:
    text = "".join(f'[[subscription]]\nname = "a{number}"\nfeed = true\n' for number in range(MOST + 1))
    with pytest.raises(SubscriptionsError, match=f":{3 * MOST + 1}: more than {MOST} subscriptions"):
        read(text, SETTINGS, ENVIRONMENT)


def test_without_an_environment_no_secret_is_looked_for() -> None:
    (found,) = read(GOOD.replace("env:DESK", "env:MISSING"), SETTINGS, None)
    assert found.webhook


def test_a_file_that_is_missing_or_in_another_encoding_is_named(tmp_path: Path) -> None:
    with pytest.raises(SubscriptionsError, match=r"none\.toml: can't be read"):
        load(tmp_path / "none.toml", SETTINGS, ENVIRONMENT)
    (tmp_path / "old.toml").write_bytes('name = "Łódź"'.encode("iso-8859-2"))
    with pytest.raises(SubscriptionsError, match=r"old\.toml: not UTF-8 at byte \d+; save it as UTF-8"):
        load(tmp_path / "old.toml", SETTINGS, ENVIRONMENT)
