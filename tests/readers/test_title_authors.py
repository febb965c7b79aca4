"""The split of title and first author: hard cases by name, and thousands of glued real papers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.readers.title_authors import UNSURE, WEIGHTS, Known, evidence, split_title_authors
from scripts import title_author_weights as weights
from tests.shared import SHARED, needs_shared

CASES = {
    "plain": "Knowledge Neurons in Pretrained Transformers|Damai Dai, Li Dong, Yaru Hao",
    "one author": "Representing Knowledge with Conceptual Spaces|Steven Schockaert",
    "acronym with small s": "Object Probing in Vision LLMs|Wenhan Ma, Hailin Zhang",
    "acronym": "Systematicity Gaps in VQA|Ian Berlot-Attwell, Kumar Krishna Agrawal",
    "one-letter end": "Comparison of Predictive Models in R|Luis Torgo",
    "two-letter end": "A Study on P vs. NP|Qingxiu Dong, Li Dong, Ke Xu",
    "digits": "The Translation System for WMT21|Shiyu Zhao, Xiaopu Li",
    "question mark": "How Does a Large Model Understand Code?|Taolin Zhang, Zihan Ma",
    "exclamation mark": "Networks for Translation: Don’t Copy That!|Niyati Bafna, Philipp Koehn",
    "parenthesis": "A Macroscopic Lattice Method (MacLAB)|Jian Guo Zhou",
    "quotes": "Features as Text “Styles”|Zhongkai Sun, Prathusha K Sarma",
    "TeX": r"Pricing is Hard to Approximate within $2-\epsilon$|Parinya Chalermsook, Bo Wu",
    "full stop": "The Shared Task System.|Klim Zaporojets, Lucas Sterckx",
    "commas in the title": "Stay Hungry, Stay Focused: Asking Questions|Peng Qi, Yuhao Zhang",
    "camel case": "Overlapping Alignments and SampleRank|Benjamin Roth, Andrew McCallum",
    "camel-case acronym": "Detection of Tweets using RoBERTa|Sirigireddy Dhana Laxmi, Aman Sinha",
    "dotted initial": "Retrieval by Pattern-Based Heuristics|P. Cynthia Selvi, A. R. Shanavas",
    "bare initial": "Named Entities in Natural Language Corpora|K Saravanan, Monojit Choudhury",
    "glued initials": "Quality-Aware Machine Translation|José G.C. de Souza, Ricardo Rei",
    "suffix IV": "Cross Document Entity Coreference|Robert L Logan IV, Andrew McCallum",
    "suffix Jr.": "Knowledge Bases in Different Languages|Estevam R. Hruschka Jr., Bo Wu",
    "particle": "Prototypical Networks for Clinical Text|Betty van Aken, Marcel Naik",
    "two particles": "Language Resources for ASR and SLT|Henk van den Heuvel, Khalid Choukri",
    "apostrophe": "Language Documentation across Cultures|Alexandra O’Neil, Daniel Swanson",
    "ASCII apostrophe": "In the Maze of Data Languages|Loris D'Antoni",
    "Mc": "Adaptor Grammars for Paradigm Clustering|Kate McCurdy, Sharon Goldwater",
    "inner capital": "Budget Optimization in Advertising|Bhaskar DasGupta, S. Muthukrishnan",
    "inner capital, given": "Relation Extraction using Box Embedding|EunJeong Hwang, Jay-Yoon Lee",
    "hyphen": "An Alternative to Traditional Ensembling|Haw-Shiuan Chang, Kathryn Ricci",
    "accented initial": "Interactive Neural Machine Translation|Ángel Navarro, Bo Wu",
    "accents": "Arabic ASR via Whisper Fine-Tuning|Ömer Tarik Özyilmaz, Matt Coler",
    "ideographs": "A Graphs-Based Extract-Generate Model|Shengxiang Gao (高盛祥), Fang Nan",
    "four words": "Deep Random Network Distillation|Antonio Valerio Miceli Barone, Rico Sennrich",
    "single name": "Emphasis Selection of Short Texts|Harshavardhana, Vibhav Agarwal",
    "short single name": "Scientific Figure Captioning|Ng, Ting-Hao K. Huang, Ryan A. Rossi",
    "team": "An Embodied Agent for Virtual Worlds|SIMA team, Adrian Bolton, Bo Wu",
    "small surname": "A Prompting Paradigm for Question Answering|Zhe yang, Xiaochen Wang",
    "small name": "Adaptive Learning of Sentence Representations|wei zhang, Xiaochen Wang, Bo Wu",
    "capital surname": "Streaming Video Understanding|Jing LYU, Ruixiang Zhao, Jie Yang",
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_title_ends_before_first_author(case: str) -> None:
    """Cases with three authors stand for `et al.` lines."""
    title, _, names = case.partition("|")
    split = split_title_authors(title + names, et_al=names.count(",") == 2)
    assert (split.title, split.authors) == (title, tuple(names.split(", ")))


@pytest.mark.parametrize(
    "title", ["Attention Is All You Need", "Evaluating GitHub Copilot", "NP-hardness", "x"]
)
def test_title_alone_has_no_author(title: str) -> None:
    split = split_title_authors(title)
    assert (split.title, split.authors) == (title, ())


def test_et_al_promises_an_author() -> None:
    assert split_title_authors("Evaluating GitHub", et_al=True).authors == ("Hub",)


def test_name_seen_elsewhere_wins() -> None:
    text = "The ModelExplainerBenoit Lavoie"
    known = Known(people=frozenset({"Benoit Lavoie"}))
    assert split_title_authors(text).confidence < UNSURE
    assert split_title_authors(text, known=known).authors == ("Benoit Lavoie",)


def test_word_of_abstract_wins() -> None:
    text = "Extracting Sign Language with MediaPipeCarl Börstell"
    known = Known(words=frozenset({"mediapipe", "language"}))
    assert split_title_authors(text, known=known).title.endswith("MediaPipe")


def test_all_evidence_has_a_weight() -> None:
    text = "Exploring the limits of FewRelAlberto Cetoli, Bo Wu"
    found = evidence(text, text.index("Alberto"), et_al=True, known=Known(words=frozenset({"x"})))
    assert found.keys() <= WEIGHTS.keys()


@given(st.text(max_size=300), st.booleans())
def test_split_loses_nothing(text: str, et_al: bool) -> None:
    split = split_title_authors(text, et_al=et_al)
    assert text.startswith(split.title)
    assert all(name in text for name in split.authors)
    assert 0 < split.confidence <= 1


@needs_shared
@pytest.mark.parametrize("kind", ["alone", "with_abstract", "author_pages"])
def test_held_out_papers_are_split(kind: str) -> None:
    """Real papers that neither the word lists nor the weights have seen."""
    papers = weights.papers_of(SHARED / "corpora", weights.MEASURE)[::4]
    found = weights.accuracy(getattr(weights, kind)(papers))
    assert found.right >= 0.998, found.wrong
    assert found.flagged >= 0.5 or len(found.wrong) < 4, found.wrong
    assert found.needless <= 0.01
