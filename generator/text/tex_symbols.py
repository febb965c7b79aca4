"""Tables of TeX: accents, raised and lowered characters, symbols. Facts of the TeXbook and AMS-LaTeX."""

from __future__ import annotations

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323",
    "b": "\u0331", "k": "\u0328", "r": "\u030a", "t": "\u0361",
}  # fmt: skip
"""Accent macro -> combining character."""

SUPERSCRIPTS = dict(
    zip(
        "0123456789+-=()nihjrwylsx*′'abcdefgkmoptuvz ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱʰʲʳʷʸˡˢˣ*′′ᵃᵇᶜᵈᵉᶠᵍᵏᵐᵒᵖᵗᵘᵛᶻ ",
        strict=True,
    )
)
SUBSCRIPTS = dict(zip("0123456789+-=()aehijklmnoprstuvx ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ ", strict=True))

_GREEK = (
    "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ "
    "lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ "
    "varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ "
    "Omega Ω"
)
_RELATIONS = (
    "times × div ÷ pm ± mp ∓ cdot · cdotp · ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ otimes ⊗ odot ⊙ cap ∩ cup ∪ "
    "wedge ∧ land ∧ vee ∨ lor ∨ setminus ∖ neg ¬ lnot ¬ leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥ geqslant ≥ neq ≠ "
    "ne ≠ ll ≪ gg ≫ lt < gt > approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ in ∈ notin ∉ ni ∋ subset ⊂ "
    "subseteq ⊆ supset ⊃ supseteq ⊇ to → rightarrow → leftarrow ← leftrightarrow ↔ longrightarrow ⟶ "
    "Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ implies ⇒ mapsto ↦ uparrow ↑ downarrow ↓ perp ⊥ "
    "parallel ∥ mid | vert | Vert ‖ models ⊨ vdash ⊢ lesssim ≲ gtrsim ≳ prec ≺ succ ≻ rightleftharpoons ⇌"
)
_OTHERS = (
    "infty ∞ partial ∂ nabla ∇ sum ∑ prod ∏ int ∫ oint ∮ forall ∀ exists ∃ emptyset ∅ varnothing ∅ ell ℓ "
    "hbar ℏ Re ℜ Im ℑ aleph ℵ angle ∠ degree ° prime ′ dagger † ddagger ‡ S § P ¶ copyright © checkmark ✓ "
    "ldots … dots … cdots ⋯ textellipsis … textemdash — textendash – textbackslash \ue00a textasciitilde ∼ "
    "textquoteright ’ textquoteleft ‘ textquotedblleft “ textquotedblright ” texttimes × textmu µ "
    "textdegree ° textregistered ® texttrademark ™ pounds £ euro € texteuro € lceil ⌈ rceil ⌉ lfloor ⌊ "
    "rfloor ⌋ langle ⟨ rangle ⟩ sqrt √ surd √ triangle △ square □ Box □ diamond ⋄ heartsuit ♡ clubsuit ♣ "
    "ss ß ae æ AE Æ oe œ OE Œ o ø O Ø l ł L Ł aa å AA Å i ı j ȷ dh ð DH Ð th þ TH Þ dj đ DJ Đ "
    "TeX TeX LaTeX LaTeX BibTeX BibTeX log log exp exp min min max max arg arg sup sup inf inf lim lim "
    "sin sin cos cos tan tan det det dim dim ker ker Pr Pr gcd gcd etc etc. eg e.g. ie i.e. "
    "lbrace { rbrace } colon : lvert | rvert | lVert ‖ rVert ‖"
)
_PAIRS = f"{_GREEK} {_RELATIONS} {_OTHERS}".split(" ")
SYMBOLS = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)) | {
    "quad": " ", "qquad": " ", "textvisiblespace": " ",
    "lbrace": "\ue006", "rbrace": "\ue007", "etal": "et al.",
}  # fmt: skip
"""Macro name -> text."""
