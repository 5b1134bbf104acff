"""The built-in LLM-deployment glossary answers by hover for everything that its source promised."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache

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

#: Figures of the source that must not get lost: where they are shown, and what.
FIGURES = [
    ("Auto-scaling", ["Five servers", "9 AM", "2 AM"]),
    ("Cache", ["100", "99", "95"]),
    ("Claude", ["Haiku", "Sonnet", "Opus", "Anthropic"]),
    ("Cost per Token", ["$0.003", "$0.015"]),
    ("GPU", ["T4", "A10", "A100"]),
    ("Input Validation", ["10,000"]),
    ("Latency", ["P50", "P95", "5 seconds"]),
    ("Llama 2", ["7B", "13B", "70B", "Meta"]),
    ("Load Balancing", ["1,000", "200"]),
    ("Mistral", ["7B", "Large"]),
    ("Model Quantization", ["17.5B", "70B", "4-bit"]),
    ("Parameter", ["7B", "70B"]),
    ("QPS", ["1,000"]),
    ("Quantized Model", ["4-bit", "16-bit"]),
    ("Rate Limiting", ["100 requests", "minute"]),
    ("RTO", ["hour"]),
    ("RPO", ["hour"]),
    ("SLA", ["99.9"]),
    ("Spot Instances", ["$1", "$0.30"]),
    ("Throughput", ["1,000 tokens"]),
    ("Token", ["1,000", "Hello world"]),
    ("Tokenization", ["1234", "5678", "9012"]),
    ("Uptime", ["99.9", "43 minutes"]),
    ("Vertex AI", ["Gemini", "SageMaker"]),
]


def members(names: str) -> list[str]:
    """Split a list of names."""
    return [" ".join(name.split()) for name in names.split(";") if name.strip()]


@cache
def workspace() -> Workspace:
    """Return a workspace that has the packs only."""
    return Workspace(MemoryFiles(), ["/w"])


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
    assert "*Source:* LLM deployment" in shown(name)


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


@pytest.mark.parametrize(("name", "figures"), FIGURES)
def test_no_figure_is_lost(name: str, figures: list[str]) -> None:
    text = shown(name)
    assert all(figure in text for figure in figures), text


def test_supplements_say_that_they_are() -> None:
    assert "LLM deployment, supplement" in shown("circuit breaker")


def test_the_guide_names_five_things_to_understand() -> None:
    guide = store.pack("llm-deployment").head.guide
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
    glossary = workspace().glossary_of("/w/doc.md")
    for term in store.pack(name).terms:
        about = [other for question in term.questions for other in question.about]
        contrasts = [contrast.term for contrast in term.contrasts]
        for other in (*term.related, *about, *contrasts):
            assert glossary.senses(other), f"{term.name}: {other}"


def test_common_technology_needs_no_expansion() -> None:
    terms = store.pack("common-tech").terms
    assert len({term.name for term in terms}) >= 250
    assert all(term.expansion for term in terms)


def test_common_technology_has_other_senses_of_built_in_acronyms() -> None:
    every = [term for name in store.pack_names() for term in store.pack(name).terms]
    uses = Counter(term.name for term in every)
    lesser = [term for term in store.pack("common-tech").terms if not term.established]
    assert all(uses[term.name] > 1 or term.name == "RPS" for term in lesser)
