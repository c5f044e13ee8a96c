"""Sealed texts open for their person, event and field, and for nothing else."""

import re

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from registry.vault.vault import Unopenable, opened_text, sealed_text

KEY, OTHER_KEY = AESGCM(b"k" * 32), AESGCM(b"o" * 32)
ids = st.from_regex(r"[0-9a-f-]{1,36}", fullmatch=True)
places = st.builds(
    lambda stream, version, field: f"survey-{stream}/{version}/{field}",
    ids,
    st.integers(1, 9),
    st.sampled_from(["name", "number", "phone"]),
)
plains = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@settings(deadline=None, derandomize=True)
@given(ids, places, plains)
def test_what_was_sealed_opens(subject: str, place: str, plain: str) -> None:
    sealed = sealed_text(KEY, subject, place, plain)
    assert re.fullmatch(r"v1\.[A-Za-z0-9_-]{38,}", sealed)
    assert opened_text(KEY, subject, place, sealed) == plain


@settings(deadline=None, derandomize=True)
@given(ids, places, ids, places, plains)
def test_a_text_moved_to_another_person_event_or_field_never_opens(
    subject: str, place: str, other: str, elsewhere: str, plain: str
) -> None:
    assume((subject, place) != (other, elsewhere))
    sealed = sealed_text(KEY, subject, place, plain)
    with pytest.raises(Unopenable):
        opened_text(KEY, other, elsewhere, sealed)


@settings(deadline=None, derandomize=True)
@given(ids, places, plains)
def test_another_persons_key_never_opens(subject: str, place: str, plain: str) -> None:
    with pytest.raises(Unopenable):
        opened_text(OTHER_KEY, subject, place, sealed_text(KEY, subject, place, plain))


@settings(deadline=None, derandomize=True)
@given(ids, places, plains, st.data())
def test_a_changed_text_never_opens(subject: str, place: str, plain: str, data: st.DataObject) -> None:
    sealed = sealed_text(KEY, subject, place, plain)
    at = data.draw(st.integers(0, len(sealed) - 1))
    changed = sealed[:at] + data.draw(st.characters(min_codepoint=33, max_codepoint=126)) + sealed[at + 1 :]
    assume(changed != sealed)
    with pytest.raises(Unopenable):
        opened_text(KEY, subject, place, changed)


@settings(deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_what_was_never_sealed_does_not_open(text: str) -> None:
    with pytest.raises(Unopenable):
        opened_text(KEY, "w", "survey-s/1/name", text)


def test_the_same_text_is_never_sealed_the_same_way_twice() -> None:
    sealed = {sealed_text(KEY, "w", "survey-s/1/name", "王秀英") for _ in range(10_000)}
    assert len({text[3:19] for text in sealed}) == 10_000
