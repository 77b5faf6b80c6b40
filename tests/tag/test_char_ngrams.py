"""Fast counting of letter sequences gives what scikit-learn's vectorizer gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from tipmine.tag.char_ngrams import CharNgramCounter
from tipmine.tag.features import fold_numbers_and_case

LEARNT = ["ตำรวจช่วยผู้เสียหาย", "ผู้เสียหายได้รับเงิน", "เด็กและสตรีในชุมชน", "police help 0 คน", "น้ำ น้ำ น้ำ"]
VECTORIZER = TfidfVectorizer(analyzer="char", ngram_range=(2, 5), sublinear_tf=True, dtype=np.float32).fit(LEARNT)


@given(
    st.lists(st.text(alphabet="ตำรวจชผู้เสยหาเด็ก police0😀\0\u0e4d", max_size=40) | st.sampled_from(LEARNT), max_size=5)
)
def test_rows_are_those_of_the_vectorizer(texts: list[str]) -> None:
    seen = [fold_numbers_and_case(text) for text in texts]
    ours = CharNgramCounter(VECTORIZER).transform(seen)
    assert ours.shape == (len(texts), len(VECTORIZER.vocabulary_))
    if seen:
        np.testing.assert_allclose(ours.toarray(), VECTORIZER.transform(seen).toarray(), atol=1e-6)


def test_sequences_that_do_not_fit_into_a_number_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        CharNgramCounter(TfidfVectorizer(analyzer="char", ngram_range=(2, 6)).fit(LEARNT))
