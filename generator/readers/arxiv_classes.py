"""The arXiv taxonomy: from the short class of a listing's header to the class's full name.

Classes as listed at https://arxiv.org/category_taxonomy.
"""

from __future__ import annotations

_SUFFIXES = {
    "cs": "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE "
    "NI OH OS PF PL RO SC SD SE SI SY",
    "stat": "AP CO ME ML OT TH",
    "eess": "AS IV SP SY",
    "math": "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA RT SG SP ST",
    "q-bio": "BM CB GN MN NC OT PE QM SC TO",
    "q-fin": "CP EC GN MF PM PR RM ST TR",
    "econ": "EM GN TH",
    "astro-ph": "CO EP GA HE IM SR",
    "cond-mat": "dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con",
    "physics": "acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph "
    "flu-dyn gen-ph geo-ph hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph",
    "nlin": "AO CD CG PS SI",
}
"""Archive -> the suffixes of its classes. Of archives that share a suffix the first one has it."""

_ARCHIVES = (
    "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph", "nucl-ex", "nucl-th", "quant-ph",
)  # fmt: skip
"""Archives without classes of their own."""

_BY_SUFFIX = {
    suffix: f"{archive}.{suffix}"
    for archive, suffixes in reversed(_SUFFIXES.items())
    for suffix in suffixes.split()
}
_FULL_NAMES = {*_ARCHIVES, *_SUFFIXES} | {
    f"{archive}.{suffix}" for archive, suffixes in _SUFFIXES.items() for suffix in suffixes.split()
}


def full_class(text: str) -> str | None:
    """The full name of a class that is given by its suffix or in full; None where there is none.

    >>> full_class("CL"), full_class("ML"), full_class("SY"), full_class("quant-ph")
    ('cs.CL', 'stat.ML', 'cs.SY', 'quant-ph')
    >>> full_class("math.NA"), full_class("mtrl-sci"), full_class("XX")
    ('math.NA', 'cond-mat.mtrl-sci', None)
    """
    return text if text in _FULL_NAMES else _BY_SUFFIX.get(text)
