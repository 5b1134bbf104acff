"""Mentions of names, and the equivalence of both engines."""

from __future__ import annotations

from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.glossary.index import is_exact
from glossary_ls.matching import Matcher
from glossary_ls.matching import matcher as matcher_module
from glossary_ls.matching.engines import NATIVE, NativeEngine, PythonEngine
from glossary_ls.matching.fold import fold, fold_wide, is_narrow
from glossary_ls.matching.identifiers import parts
from glossary_ls.matching.inflection import (
    acronym_plural,
    plural_of,
    plural_of_phrase,
    plurals,
    singular_name,
    singulars,
)
from glossary_ls.matching.matcher import Compiled
from glossary_ls.matching.spellings import Name
from glossary_ls.matching.words import is_plain, plain, unusual, version_after, version_of

from .examples import FEW_EXAMPLES


def found(names: list[str], text: str, *, native: bool = True) -> list[str]:
    """Return the mentions in `text`."""
    matcher = Matcher([Name(name, is_exact(name, None)) for name in names], native=native)
    return [text[start:end] for start, end, _ in matcher.find(text)]


@pytest.mark.parametrize("native", [pytest.param(True, id="native"), pytest.param(False, id="python")])
@pytest.mark.parametrize(
    ("names", "text", "mentions"),
    [
        (["latency"], "Latency, latencies; low-latency.", ["Latency", "latencies", "latency"]),
        (
            ["fine-tuning"],
            "fine tuning, finetuning, Fine-Tuning",
            ["fine tuning", "finetuning", "Fine-Tuning"],
        ),
        (["load balancing"], "load. balancing load  balancing load-balancing", ["load-balancing"]),
        (["cold start"], "a coldstart and cold starts", ["coldstart", "cold starts"]),
        (["blue-green deployment"], "Blue-green deployments", ["Blue-green deployments"]),
        (["SLA"], "SLAs, SLA's and the sla", ["SLAs", "SLA"]),
        (["vLLM"], "vLLM's scheduler, vLLM\u2019s too", ["vLLM", "vLLM"]),
        (["RTO", "RPO"], "RTO/RPO", ["RTO", "RPO"]),
        (["P95"], "p95 and P95s", ["p95", "P95s"]),
        (["REST"], "The rest is REST.", ["REST"]),
        (["cache", "KV cache"], "KV cache and cache", ["KV cache", "cache"]),
        (["a b", "b c d"], "a b c d", ["a b"]),
        (["C++", "C#"], "C++ or C# or C", ["C++", "C#"]),
        (["R&D", "AT&T"], "R&D, R D, AT&T", ["R&D", "AT&T"]),
        (["I/O"], "I/O, but not I O", ["I/O"]),
        (["CI/CD"], "CI/CD and CI-CD", ["CI/CD", "CI-CD"]),
        (["Llama 2"], "Llama 2, Llama 2.5", ["Llama 2"]),
        (["latency"], "p99_latency latency.max foo.latency a@latency", []),
        (["token"], "token\u2014tokens \u201ctoken\u201d", ["token", "tokens", "token"]),
        (["na"], "\u0432na", []),
        (["Größe"], "GRÖSSE größe Größen", ["größe"]),
        (["задержка"], "Высокая Задержка.", ["Задержка"]),
        (["推論"], "大規模推論サーバー", ["推論"]),
        (["推", "推論"], "大規模推論サーバー推", ["推論", "推"]),
        (["нагрузка", "нагрузка сети"], "нагрузка сети; нагрузка", ["нагрузка сети", "нагрузка"]),
        (["İstanbul"], "İstanbul", ["İstanbul"]),
        (["!!"], "!!", []),
        (["DMZ", "OS"], "DMZs DMZes OSs OSS oss", ["DMZs", "DMZes", "OSs"]),
        (["Containers", "SLOs"], "a container, an SLO, an slo", ["container", "SLO"]),
        (["status", "Windows", "access"], "statu window acces", []),
        (["data base file"], "databasefile DataBaseFiles", ["databasefile", "DataBaseFiles"]),
        (
            ["Little's law"],
            "Little\u2019s law, Little\u02bcs law",
            ["Little\u2019s law", "Little\u02bcs law"],
        ),
        (["Little\u2019s law"], "Little's laws", ["Little's laws"]),
        (["QZX"], "Q\u00adZX\u00ad QZ\u200bXs", ["Q\u00adZX", "QZ\u200bXs"]),
        (["exposé"], "expose\u0301 expose", ["expose\u0301"]),
        (["expose", "x"], "expose\u0301 x\u0302", []),
        (["expose\u0301"], "exposé", ["exposé"]),
        (["कम"], "कमी कम", ["कम"]),
        (["SCX"], "使用SCX协议 SCXя éSCX", ["SCX"]),
        (["ไทย"], "ภาษาไทยครับ ไทย\u0e49", ["ไทย"]),
        (["Ⅻ"], "Ⅻ ⅻ", ["Ⅻ", "ⅻ"]),
        (["задача"], "задача", ["задача"]),
        (["token"], "a token, \ufb2a tokens", ["token", "tokens"]),
        (["\u0958लम"], "\u0958लम", ["\u0958लम"]),
    ],
)
def test_mentions(names: list[str], text: str, mentions: list[str], native: bool) -> None:  # noqa: FBT001  a test parameter
    assert found(names, text, native=native) == mentions


WORDS = st.sampled_from(
    [
        "load",
        "balancing",
        "SLA",
        "sla",
        "a",
        "b",
        "é",
        "e\u0301",
        "漢",
        "x1",
        "C++",
        "R&D",
        "s",
        "я",
        "OSs",
        "कमी",
        "मी",
    ]
)
GLUE = st.sampled_from(
    [" ", " ", "-", "_", "/", ". ", "  ", "", "'s ", "\n", "—", "\u2019", "\u00ad", "\u0302", "ไ"]
)
NAMES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=8, unique=True)
TEXTS = st.lists(st.tuples(WORDS, GLUE).map("".join), max_size=30).map("".join)


@pytest.mark.skipif(not NATIVE, reason="daachorse has no wheel for this platform")
@FEW_EXAMPLES
@given(NAMES, TEXTS)
def test_the_engines_find_identical_spans(names: list[str], text: str) -> None:
    wanted = [Name(name, is_exact(name, None)) for name in names]
    assert Matcher(wanted, native=True).find(text) == Matcher(wanted, native=False).find(text)


@pytest.mark.skipif(not NATIVE, reason="daachorse has no wheel for this platform")
@FEW_EXAMPLES
@given(
    st.lists(st.text("ab ", min_size=1, max_size=6).map(str.strip).filter(bool), min_size=1, unique=True),
    st.text("ab ", max_size=40),
)
def test_the_engines_find_identical_occurrences(patterns: list[str], text: str) -> None:
    encoded = [pattern.encode() for pattern in patterns]
    padded = f" {text} "
    folded = padded.encode()
    native = sorted(NativeEngine(encoded).find(folded))
    naive = [
        (at, at + len(pattern) + 2, index)
        for index, pattern in enumerate(patterns)
        for at in range(len(text))
        if padded.startswith(f" {pattern} ", at)
    ]
    assert native == sorted(PythonEngine(encoded).find(folded)) == sorted(naive)


@FEW_EXAMPLES
@given(NAMES, NAMES, NAMES, TEXTS)
def test_reusing_compiled_names_finds_the_same(
    first: list[str], second: list[str], third: list[str], text: str
) -> None:
    names = [[Name(name, is_exact(name, None)) for name in many] for many in (first, second, third)]
    matcher = Matcher(names[2], like=Matcher(names[1], like=Matcher(names[0])))
    assert matcher.find(text) == Matcher(names[2]).find(text)


AROUND = st.text("._\\@:=$#? ax\u00e9\u0301\u044f\u6f22\u2014", max_size=3)


@given(AROUND, AROUND)
def test_words_that_were_read_before_are_found_in_the_same_places(before: str, after: str) -> None:
    # The first search decides by all characters, later ones by the bytes around what is known.
    matcher = Matcher([Name("cold start", exact=False), Name("start", exact=True), Name("C++", exact=True)])
    for name in ("cold-start", "Start", "C++", "start"):
        text = before + name + after
        assert matcher.find(text) == matcher.find(text)


def numbered(*numbers: int) -> list[Name]:
    return [Name(f"name{number}", exact=False) for number in numbers]


@pytest.mark.parametrize(
    ("names", "counts"),
    [
        pytest.param(numbered(*range(100)), [], id="the same"),
        pytest.param(numbered(*reversed(range(100))), [], id="in another order"),
        pytest.param(numbered(*range(1, 100)), [], id="one removed"),
        pytest.param(numbered(*range(101)), [1], id="one added"),
        pytest.param(numbered(*range(164)), [64], id="as many added as pays"),
        pytest.param(numbered(*range(165)), [165], id="too many added"),
        pytest.param(numbered(0, *range(100)), [101], id="one twice"),
    ],
)
def test_only_names_that_are_missing_are_compiled(
    monkeypatch: pytest.MonkeyPatch, names: list[Name], counts: list[int]
) -> None:
    compiled: list[int] = []

    class Counting(Compiled):
        def __init__(self, names: tuple[Name, ...], **rest: Any) -> None:  # noqa: ANN401  it is passed on
            compiled.append(len(names))
            super().__init__(names, **rest)

    earlier = Matcher(numbered(*range(100)))
    monkeypatch.setattr(matcher_module, "Compiled", Counting)
    matcher = Matcher(names, like=earlier)
    assert compiled == counts
    text = " ".join(name.text for name in names)
    spans, expected = matcher.find(text), Matcher(names).find(text)
    assert [each[2] for each in spans] == [each[2] for each in expected]


def test_names_compiled_for_another_engine_are_not_reused() -> None:
    names = numbered(1)
    assert not Matcher(names, native=False, like=Matcher(names)).compiled.native


@FEW_EXAMPLES
@given(NAMES, TEXTS, st.data())
def test_what_is_invisible_changes_nothing(names: list[str], text: str, data: st.DataObject) -> None:
    text = normalize("NFC", text).replace("\u00ad", "")
    at = data.draw(st.integers(0, len(text)))
    matcher = Matcher([Name(name, is_exact(name, None)) for name in names])
    shown = [text[start:end] for start, end, _ in matcher.find(text)]
    broken = f"{text[:at]}\u200b{text[at:]}"
    assert [broken[start:end].replace("\u200b", "") for start, end, _ in matcher.find(broken)] == shown


@FEW_EXAMPLES
@given(NAMES, TEXTS)
def test_letters_are_the_same_composed_or_not(names: list[str], text: str) -> None:
    matcher = Matcher([Name(name, is_exact(name, None)) for name in names])
    found = [
        [normalize("NFC", form[start:end]) for start, end, _ in matcher.find(form)]
        for form in (normalize("NFC", text), normalize("NFD", text))
    ]
    assert found[0] == found[1]


@given(st.text(max_size=30))
def test_a_plain_text_is_composed_and_traceable(text: str) -> None:
    read = plain(text)
    assert read.text == text or not is_plain(text)
    assert is_plain(text) == is_plain(text, unusual(text))
    assert unusual(f"{text}{' ' * 9000}{text}") == unusual(text)
    assert len(read.text) == len(read.starts) == len(read.ends)
    assert list(read.starts) == sorted(read.starts)
    assert all(start < end for start, end in zip(read.starts, read.ends, strict=True))


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("coldStartMs", ["cold", "Start", "Ms"]),
        ("GPUsOfAPIs", ["GPUs", "Of", "APIs"]),
        ("neuerÜbertrag", ["neuer", "Übertrag"]),
        ("ДядяЮля2", ["Дядя", "Юля", "2"]),
        ("QZXラテンx", ["QZX", "ラテン", "x"]),
        ("e\u0301cole_Été", ["e\u0301cole", "Été"]),
    ],
)
def test_words_of_identifiers(token: str, words: list[str]) -> None:
    assert [part.of(token) for part in parts(token)] == words


@pytest.mark.parametrize(
    ("long", "short", "version"),
    [
        ("Llama 2", "Llama", "2"),
        ("GPT-4o", "gpt", "4o"),
        ("HTTP/2.0", "HTTP", "2"),
        ("Llama 2 chat", "Llama", "2"),
        ("Llama chat", "Llama", ""),
    ],
)
def test_versions(long: str, short: str, version: str) -> None:
    assert version_of(long, short) == version
    assert version_after(f"{long} and", len(short)) == version


@given(st.text(max_size=30))
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(fold_wide(text)) == len(text)
    if is_narrow(text):
        latin = text.encode("latin-1", "replace").decode("latin-1")
        assert fold(text).decode("latin-1") == fold_wide(latin).replace("?", " ")


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("latency", "latencies"),
        ("gateway", "gateways"),
        ("box", "boxes"),
        ("cache", "caches"),
        ("index", "indices"),
        ("index", "indexes"),
        ("gpu", "gpus"),
        ("dns", "dnses"),
        ("analysis", "analyses"),
    ],
)
def test_plurals_and_singulars(singular: str, plural: str) -> None:
    assert plural in plurals(singular)
    assert singular in singulars(plural)


def test_plurals_of_acronyms_and_names() -> None:
    assert [acronym_plural(word) for word in ("OS", "DMZ", "box", "S")] == ["OSs", "DMZs", "", ""]
    assert plural_of("work DMZ") == "work DMZs"
    assert plural_of("DMZ", upper=True) == "DMZES"
    names = ("worker nodes", "SLOs", "Batteries", "GCS", "status", "analyses", "C++")
    singular = ["worker node", "SLO", "Battery", "GCS", "status", "analysis", "C++"]
    assert list(map(singular_name, names)) == singular


@pytest.mark.parametrize(
    ("expansion", "plural"),
    [
        ("Service Level Objective", "Service Level Objectives"),
        ("Root Cause Analysis", "Root Cause Analyses"),
        ("Point of Presence", "Points of Presence"),
        ("Request for Comments", "Requests for Comments"),
        ("Software Bill of Materials", "Software Bills of Materials"),
        ("Mean Time To Recovery", "Mean Times To Recovery"),
    ],
)
def test_an_expansion_has_its_plural_at_the_noun(expansion: str, plural: str) -> None:
    assert plural_of_phrase(expansion) == plural


@pytest.mark.parametrize(
    "expansion",
    [
        "out of memory",
        "Remote Direct Memory Access",
        "High Availability",
        "Open-Source Software",
        "GitHub Actions",
        "Requests Per Second",
        "IAM Roles for Service Accounts",
        "SOC 2",
        "",
    ],
)
def test_an_expansion_without_a_plural_stays_as_it_is(expansion: str) -> None:
    assert plural_of_phrase(expansion) == expansion


def test_words_without_plural_or_singular() -> None:
    assert plurals("metrics") == plurals("software") == plurals("42") == ()
    assert singulars("access") == singulars("token") == ()
