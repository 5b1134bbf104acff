"""The built-in glossary of cloud and operations explains what people who run services meet."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from glossary_ls.base.text import Text
from glossary_ls.features.hover import hover
from glossary_ls.glossary import store
from glossary_ls.glossary.index import key
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles

if TYPE_CHECKING:
    from glossary_ls.base.model import Term

PACK = store.pack("cloud-devops")

#: Acronyms and terms of each field that must be explained by some built-in glossary.
KNOWN = """
EKS ALB NLB AZ EBS EFS ECR ECS RDS SQS SNS AMI ARN ASG ENI EIP IAM VPC TGW ACM CUR SCP STS IMDS IRSA
AKS ACR APIM ARM NSG VMSS VNet UDR GKE GCS GCLB CMEK CUD IAP PSC
CRD PDB HPA VPA CNI CSI CRI RBAC PV PVC RWX PSA OPA SIG KEP OCI DaemonSet StatefulSet ConfigMap etcd
mTLS BGP ASN SNI SAN WAF NAT SNAT CIDR MTU ICMP DHCP DNS FQDN CNAME QUIC LACP STP VXLAN VIP NOC SNMP
JWT JWKS KMS SBOM OIDC SAML HSM CVE CVSS SIEM SSO IdP PKI CSR OCSP HMAC DEK SAST DAST SLSA VEX KEV CSPM
PCI SOX GDPR HIPAA DPA DPO DPIA FedRAMP NIS2 BIA BCP ITIL CAB CMDB
SRE SLI SLO MTTR MTBF MTTA RPO RTO SPOF RCA PRR FMEA toil runbook postmortem
CI/CD GitOps IaC ADR SemVer GA RC Terraform OTLP APM RUM TSDB PromQL
WAL CDC OLTP OLAP IOPS RAID PITR MVCC CRDT DWH ELT LUN ZFS DLQ AMQP Kafka ISR
OOM NUMA cgroup eBPF PSI SELinux RHEL LVM vCPU
OKR KPI CapEx OpEx RI ROI NPV COGS ARR RACI FTE TAM QBR SOW MSA PM EM
"""

#: Terms of several words.
PHRASES = (
    "error budget",
    "blameless postmortem",
    "canary deployment",
    "blue-green deployment",
    "DORA metrics",
    "SOC 2",
    "PCI DSS",
    "dead-letter queue",
    "single point of failure",
    "software bill of materials",
)

#: Names with several meanings, and what must be among them.
SENSES = {
    "ARC": {"Application Recovery Controller", "Actions Runner Controller", "Adaptive Replacement Cache"},
    "ASG": {"Auto Scaling Group", "Application Security Group"},
    "CDC": {"Change Data Capture", "Consumer-Driven Contract"},
    "CSP": {"Content Security Policy", "Cloud Service Provider"},
    "DORA": {"DevOps Research and Assessment", "Digital Operational Resilience Act"},
    "OCI": {"Open Container Initiative", "Oracle Cloud Infrastructure"},
    "PAM": {"Privileged Access Management", "Pluggable Authentication Modules"},
    "PSP": {"Payment Service Provider", "Pod Security Policy"},
    "SAN": {"Subject Alternative Name", "Storage Area Network"},
    "SCP": {"Service Control Policy", "Secure Copy Protocol"},
    "SSE": {"Server-Sent Events", "Server-Side Encryption", "Security Service Edge"},
    "TAM": {"Technical Account Manager", "Total Addressable Market"},
    "TPM": {"Tokens Per Minute", "Trusted Platform Module", "Technical Program Manager"},
}


@cache
def workspace() -> Workspace:
    """Return a workspace without a glossary of its own."""
    return Workspace(MemoryFiles(), ["/w"])


@pytest.mark.parametrize("name", [*KNOWN.split(), *PHRASES])
def test_what_people_who_run_services_meet_is_explained(name: str) -> None:
    document = workspace().analyze("/w/doc.md", "markdown", Text(f"About {name} we know.\n"))
    found = hover(document, len("About "))
    assert found is not None
    assert key(found.name) == key(name)
    assert found.senses[0].definition


@pytest.mark.parametrize(("name", "expansions"), SENSES.items())
def test_every_meaning_of_a_name_is_there(name: str, expansions: set[str]) -> None:
    senses = workspace().glossary_of("/w/doc.md").senses(name)
    assert expansions <= {term.expansion for term in senses}


def test_the_pack_is_large_enough_and_on_by_default() -> None:
    assert len({term.name for term in PACK.terms}) >= 400
    assert workspace().glossary_of("/w/doc.md").senses("IRSA")


@pytest.mark.parametrize("term", PACK.terms, ids=lambda term: f"{term.name}-{term.expansion}")
def test_an_entry_is_complete(term: Term) -> None:
    assert 0 < len(term.summary) <= 90
    assert not term.summary.endswith(".")
    assert 0 < len(term.definition) <= 400
    # A hover shows the summary only where there is no expansion.
    assert term.expansion or term.summary[1:] not in term.definition
    assert term.definition.endswith(".")
    assert term.topics
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", term.reviewed)
    # What consists of capitals stands for something.
    assert (
        term.expansion or not re.fullmatch(r"[A-Z]{2,5}", term.name) or term.name in {"QUIC", "MQTT", "ZFS"}
    )


def test_entries_are_in_alphabetical_order() -> None:
    names = [term.name.casefold() for term in PACK.terms]
    assert [pair for pair in pairwise(names) if pair[0] > pair[1]] == []


def test_no_name_is_in_two_packs_with_the_same_meaning() -> None:
    packs: dict[tuple[str, str], set[str]] = {}
    for pack in store.pack_names():
        for term in store.pack(pack).terms:
            for name in term.names:
                packs.setdefault((key(name), key(term.expansion)), set()).add(pack)
    assert {meaning: where for meaning, where in packs.items() if len(where) > 1} == {}
