"""Symbols of LaTeX: what a command without arguments is shown as."""

from __future__ import annotations

_WRITTEN = (
    "ss=\u00df o=\u00f8 O=\u00d8 ae=\u00e6 AE=\u00c6 oe=\u0153 OE=\u0152 aa=\u00e5 AA=\u00c5 l=\u0142 "
    "L=\u0141 i=\u0131 j=\u0237 ldots=\u2026 dots=\u2026 cdots=\u2026 textellipsis=\u2026 "
    "textendash=\u2013 textemdash=\u2014 textregistered=\u00ae texttrademark=\u2122 copyright=\u00a9 "
    "textcopyright=\u00a9 textdegree=\u00b0 degree=\u00b0 euro=\u20ac texteuro=\u20ac EUR=\u20ac "
    "pounds=\u00a3 S=\u00a7 textmu=\u00b5 textbar=| textless=< textgreater=> textasciitilde=~ "
    "textasciicircum=^ textunderscore=_ slash=/ LaTeX=LaTeX TeX=TeX BibTeX=BibTeX quad= qquad= "
    "rightarrow=\u2192 to=\u2192 leftarrow=\u2190 Rightarrow=\u21d2 leftrightarrow=\u2194 "
    "textrightarrow=\u2192 "
    "alpha=\u03b1 beta=\u03b2 gamma=\u03b3 delta=\u03b4 epsilon=\u03b5 varepsilon=\u03b5 zeta=\u03b6 "
    "eta=\u03b7 theta=\u03b8 iota=\u03b9 kappa=\u03ba lambda=\u03bb mu=\u03bc nu=\u03bd xi=\u03be "
    "pi=\u03c0 rho=\u03c1 sigma=\u03c3 tau=\u03c4 upsilon=\u03c5 phi=\u03c6 varphi=\u03c6 chi=\u03c7 "
    "psi=\u03c8 omega=\u03c9 Gamma=\u0393 Delta=\u0394 Theta=\u0398 Lambda=\u039b Xi=\u039e Pi=\u03a0 "
    "Sigma=\u03a3 Phi=\u03a6 Psi=\u03a8 Omega=\u03a9 exists=\u2203 forall=\u2200 infty=\u221e "
    "times=\u00d7 cdot=\u00b7 pm=\u00b1 leq=\u2264 le=\u2264 geq=\u2265 ge=\u2265 neq=\u2260 "
    "approx=\u2248 sim=~ in=\u2208 cup=\u222a cap=\u2229 subset=\u2282 emptyset=\u2205 partial=\u2202 "
    "nabla=\u2207 sum=\u2211 prod=\u220f int=\u222b sqrt=\u221a circ=\u00b0 star=\u22c6 dagger=\u2020 "
    "guillemotleft=\u00ab guillemotright=\u00bb og=\u00ab fg=\u00bb glqq=\u201e grqq=\u201c"
)

SYMBOLS = {**dict(pair.split("=", 1) for pair in _WRITTEN.split(" ")), "textbackslash": "\\"}
