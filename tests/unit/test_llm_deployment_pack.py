"""The built-in LLM-deployment glossary answers by hover for everything that its source promised."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import jsonschema
import pytest
import yaml

from glossary_ls.base.text import Text
from glossary_ls.features.hover import hover
from glossary_ls.features.render import render
from glossary_ls.glossary import store
from glossary_ls.glossary.index import key
from glossary_ls.vfs.files import data_text
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles

if TYPE_CHECKING:
    from glossary_ls.base.model import Term
    from glossary_ls.glossary.index import Glossary

PACK = store.pack("llm-deployment")

HEADINGS = """
Attention Mechanism; Auto-scaling; API Gateway; Batch Processing; Bedrock; Blue-Green Deployment; Cache;
Caching; Claude; Cold Start; Container; Cost per Token; Deployment; Degraded Service; Embedding; Endpoint;
Fine-tuning; Firewall; GPU; Graphics Processing Unit; Generative AI; Hallucination; High Availability;
Inference; Input Validation; Kubernetes; Lambda; Latency; Llama 2; Load Balancing; Managed Service; Metrics;
Mistral; Model Quantization; Monitoring; On-Demand Instances; Observability; Parameter; Prompt;
Prompt Injection; QPS; Queries Per Second; Quantized Model; Rate Limiting; Reserved Instances; RTO; RPO;
Recovery Time Objective; Recovery Point Objective; SageMaker; Scaling; Self-hosted; Serverless; SLA;
Service Level Agreement; Spot Instances; Streaming Response; Tensor; Throughput; Token; Tokenization; Uptime;
Vertex AI; vLLM; Webhook; Zero-downtime Deployment
"""

TOPICS = {
    "Infrastructure": """EC2; Lambda; GKE; AKS; Cloud Run; Auto-scaling; Load Balancer; Container;
        Virtual Machine; Kubernetes; Serverless""",
    "AI/ML": """LLM; Token; Model; Inference; Fine-tuning; Parameter; Embedding; Quantization;
        Hallucination""",
    "Performance": "Latency; Throughput; QPS; P50; P95; P99; Cold Start; Caching; Streaming",
    "Reliability": """High Availability; Circuit Breaker; Fallback; RTO; RPO; SLA; Health Check; Retry""",
    "Cost": """On-Demand; Reserved; Spot; Cost per Token; Provisioned Throughput; Auto-scaling;
        Right-sizing""",
    "Deployment": """Blue-Green; Canary; Rolling Update; Monitoring; Logging; Alerting; Dashboard""",
}

#: Two terms that are confused, and figures or words that tell them apart.
COMPARISONS = [
    ("Inference", "Training", ["teach"]),
    ("Model Size", "Parameters", ["140", "70 billion"]),
    ("Latency", "Throughput", ["2 seconds", "500 QPS"]),
    ("Scaling", "Optimization", ["resources"]),
    ("Monitoring", "Logging", ["numbers", "events"]),
]

#: Terms at which a question is shown, and what its answer must say.
QUESTIONS = [
    (["Bedrock", "self-hosted"], ["100 million", "month"]),
    (["GPT-4", "Claude"], ["Azure OpenAI", "Bedrock", "platform"]),
    (["VRAM", "system RAM"], ["GPU memory", "fit"]),
    (["latency", "GPU", "model"], ["Likely", "Less likely", "architecture"]),
]

#: What the source says of each term, in words that its entry must have, figures first.
FACTS = [
    ("Attention Mechanism", ["input", "matter", "without knowing"]),
    ("Auto-scaling", ["Five servers", "9 AM", "a single one at 2 AM", "load"]),
    ("API Gateway", ["authentication", "rate limiting", "routing"]),
    ("Batch Processing", ["reports", "data processing", "cheaper", "longer"]),
    ("Bedrock", ["Claude", "Llama", "Mistral", "AWS", "no servers"]),
    ("Blue-Green Deployment", ["two", "identical", "switch", "rollback", "instant"]),
    ("Cache", ["100", "99", "95%", "common questions"]),
    ("Claude", ["Haiku (cheap", "Sonnet (the middle)", "Opus", "expensive", "Anthropic", "Bedrock", "Azure"]),
    ("Cold Start", ["first", "serverless", "load", "initialize", "fast"]),
    ("Container", ["dependencies", "Docker", "the same container runs"]),
    ("Cost per Token", ["$0.003", "$0.015", "Claude 3 Sonnet", "input", "output"]),
    ("Deployment", ["write the code, test it, deploy it", "monitor", "production"]),
    ("Degraded Service", ["capacity", "chatbot", "wait longer"]),
    ("Embedding", ["numbers", "search", "retrieval", "dog", "puppy"]),
    ("Endpoint", ["https://api.mycompany.com/chat", "URL"]),
    ("Fine-tuning", ["your own data", "small", "larger", "once", "save"]),
    ("Firewall", ["malicious", "authenticated users"]),
    ("GPU", ["T4", "A10", "A100", "CPU", "expensive"]),
    ("Generative AI", ["text", "images", "code", "LLMs are the branch"]),
    ("Hallucination", ["made up", "does not know", "Weak models", "poor prompts"]),
    ("High Availability", ["Several servers", "redundancy", "load balancing", "others take over"]),
    ("Inference", ["prediction", "generated", "training", "you deploy"]),
    ("Input Validation", ["10,000", "injection", "overload"]),
    ("Kubernetes", ["restarts", "scales", "updates", "complexity"]),
    ("Lambda", ["serverless", "no servers", "only while your code runs"]),
    ("Latency", ["P50", "P95", "5 seconds", "half of all requests", "95 of 100"]),
    ("Llama 2", ["7B", "13B", "70B", "Meta", "open source", "less than"]),
    ("Load Balancing", ["1,000", "five servers", "200"]),
    ("Managed Service", ["AWS Bedrock", "Azure OpenAI Service", "easy", "less control"]),
    ("Metrics", ["Latency, error rate and cost", "dashboards", "threshold"]),
    ("Mistral", ["7B", "efficient", "Large", "European", "cost efficiency"]),
    ("Model Quantization", ["17.5B", "70B", "4-bit", "precision", "quality"]),
    ("Monitoring", ["metrics", "early", "not optional"]),
    ("On-Demand Instances", ["by the hour", "expensive", "flexible", "variable load", "testing"]),
    ("Observability", ["outputs", "metrics, logs and traces", "pillars"]),
    ("Parameter", ["7B", "70B", "smarter", "slower"]),
    ("Prompt", ["What is DevOps?", "in one sentence", "better"]),
    ("Prompt Injection", ["Disregard everything above", "input validation", "attack"]),
    ("QPS", ["1,000", "second", "peak", "average"]),
    ("Quantized Model", ["4-bit", "16-bit", "quarter", "faster", "cheaper"]),
    ("Rate Limiting", ["100 requests", "minute", "abuse", "costs"]),
    ("Reserved Instances", ["Provisioned Throughput", "commit", "lower price"]),
    ("RTO", ["Recovery Time Objective", "one hour", "down"]),
    ("RPO", ["Recovery Point Objective", "one hour", "lose"]),
    ("SageMaker", ["endpoint", "production", "many models"]),
    ("Scaling", ["Vertical", "bigger or better", "Horizontal", "adds machines"]),
    (
        "Self-hosted",
        ["AWS EC2", "Azure VMs", "GCP Compute Engine", "full control", "lower cost", "more work"],
    ),
    ("Serverless", ["per execution", "AWS Lambda", "Cloud Run", "variable load", "simple functions"]),
    ("SLA", ["99.9", "promise", "compensat"]),
    ("Spot Instances", ["$1", "$0.30", "spare", "at any time", "not critical"]),
    ("Streaming Response", ["token by token", "text appear", "more pleasant"]),
    ("Tensor", ["any number of dimensions", "data structure", "without ever"]),
    ("Throughput", ["1,000 tokens", "unit of time", "latency"]),
    ("Token", ["1,000", "Hello world", "2 tokens", "word", "punctuation", "subword"]),
    ("Tokenization", ["1234", "5678", "9012", "What is DevOps?", "pay"]),
    ("Uptime", ["99.9", "43 minutes", "more expensive", "more complex"]),
    ("Vertex AI", ["Gemini Pro", "SageMaker", "GCP", "free tier"]),
    ("vLLM", ["fast", "self-hosting", "open-source LLMs run on it"]),
    ("Webhook", ["notifications", "asynchronous", "done"]),
    ("Zero-downtime Deployment", ["blue-green, canary and rolling update", "standard", "interruption"]),
]

#: What was missing until 2026, by the subject.
ADDED = """
goodput; disaggregated prefill; expert parallelism; Ray Serve; llm-d; Dynamo; NIM; LMCache; KV
offloading; inference gateway; session affinity; tail latency; chat template; agent; MCP; tool calling;
structured output; reasoning model; LLM-as-a-judge; red teaming; PII; reranker; chunking; hybrid search;
SFT; PEFT; A/B test; drift; H200; B200; GB200; L40S; NVIDIA L4; MI300X; ROCm; Trainium; Inferentia; FP4;
NVFP4; RDMA; InfiniBand; EFA; MFU; memory bandwidth; Karpenter; GPU operator; device plugin; DRA; time-
slicing; Prometheus; OpenTelemetry; burn rate; MTTD; disaster recovery; multi-tenancy; FinOps; TCO;
savings plan; capacity reservation; GPT; gpt-oss; Qwen; DeepSeek; Gemma; Llama; prompt caching; batch
API; semantic cache; OOMKilled
"""

#: The longest definition, in characters; what is more goes into facts.
LONGEST_DEFINITION = 400

#: Words that an expansion has in lower case.
SMALL_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "by", "de", "for", "from", "in", "la", "of", "on", "or", "per"}
)
SMALL_WORDS |= {"over", "the", "to", "version", "with"}
#: Expansions that begin with a name in lower case, or are phrases.
AS_WRITTEN = {"CAPTCHA", "CERN", "gRPC", "RSVP", "SOLID", "VoIP"}


def members(names: str) -> list[str]:
    """Split a list of names."""
    return [" ".join(name.split()) for name in names.split(";") if name.strip()]


@cache
def workspace() -> Workspace:
    """Return a workspace that has the packs only."""
    return Workspace(MemoryFiles(), ["/w"])


@cache
def glossary() -> Glossary:
    """Return the glossary of a document that has the packs only."""
    return workspace().glossary_of("/w/doc.md")


@cache
def shown(name: str) -> str:
    """Return what hovering `name` in a sentence shows."""
    document = workspace().analyze("/w/doc.md", "markdown", Text(f"About {name} we know.\n"))
    found = hover(document, len("About "))
    assert found, name
    assert key(found.name) == key(name), f"{name} is answered by {found.name} only"
    return render(found, document.glossary, markdown=True)


@pytest.mark.parametrize("name", members(HEADINGS))
def test_every_heading_is_explained(name: str) -> None:
    assert "*Glossary:* LLM deployment" in shown(name)


@pytest.mark.parametrize(
    ("topic", "name"), [(topic, name) for topic, names in TOPICS.items() for name in members(names)]
)
def test_every_member_of_a_topic_is_explained_and_says_so(topic: str, name: str) -> None:
    (footer,) = [line for line in shown(name).split("\n") if line.startswith(("*Topic:*", "*Topics:*"))]
    assert topic in footer


@pytest.mark.parametrize(("one", "other", "words"), COMPARISONS)
def test_what_is_confused_is_told_apart_from_either_side(one: str, other: str, words: list[str]) -> None:
    for name in (one, other):
        text = shown(name)
        assert "**Not to be confused with" in text
        assert all(word.casefold() in text.casefold() for word in words)


@pytest.mark.parametrize(("names", "words"), QUESTIONS)
def test_a_common_question_is_answered_at_its_terms(names: list[str], words: list[str]) -> None:
    for name in names:
        text = shown(name)
        assert "?** " in text
        assert all(word in text for word in words), (name, text)


@pytest.mark.parametrize(("name", "words"), FACTS)
def test_no_fact_is_lost(name: str, words: list[str]) -> None:
    text = f"{shown(name)}\n{glossary().senses(name)[0].summary}".casefold()
    assert [word for word in words if word.casefold() not in text] == []


def test_the_facts_of_every_heading_are_checked() -> None:
    checked = {id(glossary().senses(name)[0]) for name, _ in FACTS}
    assert [name for name in members(HEADINGS) if id(glossary().senses(name)[0]) not in checked] == []


@pytest.mark.parametrize("name", members(ADDED))
def test_what_was_missing_is_explained(name: str) -> None:
    assert "*Glossary:* LLM deployment" in shown(name)


def test_a_hover_begins_with_what_the_term_is_and_is_not_and_ends_with_the_source() -> None:
    blocks = shown("throughput").split("\n\n")
    starts = [
        "**throughput**: how much",
        "The amount of data",
        "**Not to be confused",
        "**Not to be confused",
    ]
    assert [block.startswith(start) for block, start in zip(blocks, starts, strict=False)] == [True] * 4
    assert blocks[-1].endswith("*Glossary:* LLM deployment")


def test_a_hover_has_answers_after_the_source() -> None:
    blocks = shown("GPU").split("\n\n")
    answers = blocks.index("---")
    assert blocks[answers - 1].endswith("*Glossary:* LLM deployment")
    assert blocks[answers + 1].startswith("**")


@pytest.mark.parametrize("term", PACK.terms, ids=lambda term: term.name)
def test_an_entry_is_complete(term: Term) -> None:
    assert term.definition
    assert len(term.definition) <= LONGEST_DEFINITION
    assert term.summary
    assert not term.summary.endswith(".")
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", term.reviewed)
    assert len(term.related) >= 2
    assert set(term.topics) <= TOPICS.keys() | {"Security"}
    assert term.source == ""


def test_entries_are_in_alphabetical_order() -> None:
    names = [term.name for term in PACK.terms]
    assert names == sorted(names, key=lambda name: (name.casefold(), name))


def test_a_comparison_is_written_at_one_of_its_terms() -> None:
    pairs = Counter(frozenset((term.name, other.term)) for term in PACK.terms for other in term.contrasts)
    assert [sorted(pair) for pair, count in pairs.items() if count > 1] == []


@pytest.mark.parametrize("word", ["supplement", "dearer", "whilst", "hand in mail", "optimise", "behaviour"])
def test_the_packs_are_in_plain_american_english(word: str) -> None:
    texts = {name: data_text(f"packs/{name}.yaml").casefold() for name in store.pack_names()}
    aliases = re.compile(r"\{name: .*\}")
    assert [name for name, text in texts.items() if word in aliases.sub("", text)] == []


@pytest.mark.parametrize("name", store.pack_names())
def test_expansions_are_written_like_titles(name: str) -> None:
    odd = [
        f"{term.name}: {term.expansion}"
        for term in store.pack(name).terms
        if term.name not in AS_WRITTEN
        and any(word[0].islower() and word not in SMALL_WORDS for word in term.expansion.split())
    ]
    assert odd == []


def test_no_meaning_is_in_two_packs() -> None:
    packs: dict[tuple[str, str], set[str]] = {}
    for pack in store.pack_names():
        for term in store.pack(pack).terms:
            packs.setdefault((term.name, term.expansion.casefold()), set()).add(pack)
    assert {meaning: names for meaning, names in packs.items() if len(names) > 1} == {}


def test_the_guide_names_five_things_to_understand() -> None:
    guide = PACK.head.guide
    assert guide
    assert len(guide.points) == 5


@pytest.mark.parametrize("name", store.pack_names())
def test_packs_follow_the_schema_and_have_no_problems(name: str) -> None:
    schema = json.loads(data_text("schema/glossary.schema.json"))
    data = yaml.safe_load(data_text(f"packs/{name}.yaml"))
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    assert store.pack(name).problems == ()


@pytest.mark.parametrize("name", store.pack_names())
def test_every_reference_in_a_pack_leads_somewhere(name: str) -> None:
    for term in store.pack(name).terms:
        about = [other for question in term.questions for other in question.about]
        contrasts = [contrast.term for contrast in term.contrasts]
        for other in (*term.related, *about, *contrasts):
            assert glossary().senses(other), f"{term.name}: {other}"


def test_common_technology_needs_no_expansion() -> None:
    terms = store.pack("common-tech").terms
    assert len({term.name for term in terms}) >= 250
    assert all(term.expansion for term in terms)


def test_common_technology_has_other_senses_of_built_in_acronyms() -> None:
    every = [term for name in store.pack_names() for term in store.pack(name).terms]
    uses = Counter(term.name for term in every)
    lesser = [term for term in store.pack("common-tech").terms if not term.established]
    assert all(uses[term.name] > 1 or term.name == "RPS" for term in lesser)
