"""A made-up digest, small enough to know by heart, with the names and titles that are hard to find."""

from __future__ import annotations

from pathlib import Path

from generator.model import Catalogue, Links, Paper, PartialDate
from generator.search.index import search_assets
from generator.text.slug import slug


def paper(
    title: str,
    abstract: str = "",
    authors: tuple[str, ...] = (),
    category: str = "cs.CL",
    date: str = "2024-07-16",
    affiliations: tuple[str, ...] = (),
) -> Paper:
    """A paper with everything else left empty."""
    return Paper(
        id=slug(title),
        title=title,
        abstract=abstract or None,
        authors=authors,
        people=tuple(slug(name) for name in authors),
        et_al=False,
        affiliations=affiliations,
        categories=(category,) if category else (),
        categories_inferred=False,
        topics=(),
        published=PartialDate.parse(date) if date else None,
        editions=(),
        score=None,
        code=False,
        links=Links(),
        key=None,
        sources=(),
    )


PAPERS = (
    paper(
        "GPT-4V(ision) for Web Agents",
        "We study a multimodal model. Agents browse pages and fill in forms.",
        ("Jürgen Müller", "Kaiming He"),
        "cs.CV",
    ),
    paper("GPT4V as a Judge", "A generalist evaluator of classes of images.", ("Ana Sá",), "cs.CV"),
    paper("UR$^2$: Unify RAG and Reasoning", "Retrieval and reasoning by reinforcement.", ("Weitao Li",)),
    paper(
        "R1-Searcher++: Incentivizing Dynamic Knowledge Acquisition",
        "Models decide when to search; approaches with fixed schedules fail.",
        ("Huatong Song",),
    ),
    paper("R1-Searcher: Learning to Search", "A first version of the searcher.", ("Huatong Song",)),
    paper(
        "A Survey on In-context Learning",
        "With growing models, in-context learning became a paradigm.",
        ("Qingxiu Dong", "Zhifang Sui"),
        affiliations=("pku",),
    ),
    paper(
        'BERT: "Deep" Bidirectional +Transformers -- a ~new^ look',
        "Pre-training of transformers on unlabelled text.",
        ("Ahmet Özyılmaz", "Łukasz Kaiser"),
    ),
    paper(
        r"$\beta$-VAE Meets the Erdős–Rényi Graph",
        "Random graphs and variational inference on many GPUs.",
        ("Siobhán O'Connor",),
        "stat.ML",
        "2023",
    ),
    paper("深度学习模型综述", "大语言模型的综述。", ("李明",), "", ""),
    paper("Image/Text Retrieval with K-means++", "Clusters of captions.", ("Jean-Pierre Dupont",), "cs.IR"),
    paper("What Do You Like?", "Questions of taste <b>and</b> style & more.", ("Jo An",), "cs.HC"),
)


def catalogue(papers: tuple[Paper, ...] = PAPERS) -> Catalogue:
    """The papers alone: search asks for nothing else."""
    return Catalogue(
        papers={paper.id: paper for paper in papers},
        people={},
        categories={},
        affiliations={},
        months={},
        editions={},
        institutions={"pku": "Peking University"},
    )


def write_search(folder: Path, papers: tuple[Paper, ...] = PAPERS) -> Path:
    """The search data of `papers` below `folder`; returns the folder that holds `current.json`."""
    for asset in search_assets(catalogue(papers)):
        path = folder / asset.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(asset.content)
    return folder / "assets" / "search"
