"""Labels of fields: headings of columns, labels of lines, and keys, in the languages that glossaries use.

This module must not know formats.
"""

from __future__ import annotations

from enum import Enum, auto

from glossary_ls.base import memo
from glossary_ls.base.patterns import lazily


class Field(Enum):
    """What a labeled text is to a term."""

    #: That of Python's enumerations takes longer than what is looked up with it.
    __hash__ = object.__hash__

    NAME = auto()
    ACRONYM = auto()
    EXPANSION = auto()
    #: An expansion whatever its initials, because the syntax says so.
    LONG_FORM = auto()
    DEFINITION = auto()
    SUMMARY = auto()
    ALIASES = auto()
    AVOID = auto()
    TOPICS = auto()
    EXAMPLE = auto()
    RELATED = auto()
    CONTRAST = auto()
    FACT = auto()
    STATUS = auto()
    REPLACED_BY = auto()
    OWNER = auto()
    REVIEWED = auto()
    URL = auto()
    SOURCE = auto()
    LICENSE = auto()
    LANGUAGE = auto()
    #: Only files that are read literally (see `literal`) have these.
    QUESTION = auto()
    ABBREVIATIONS = auto()
    VARIANTS = auto()
    CASE = auto()
    ESTABLISHED = auto()
    SCOPE = auto()


_LABELS = {
    Field.NAME: "term, terms, name, word, entry, title, concept, display name, key term, headword, lemma, "
    "canonical, canonical name, canonical term, "
    "begriff, bezeichnung, fachbegriff, benennung, wort, terme, mot, término, termino, termo, concepto, "
    "conceito, termine, nom, nombre, nome, phrase, jargon, label, preflabel, pref label, "
    "термин, термін, слово, понятие, поняття, название, назва, 术语, 術語, 名称, "
    "名词, 名詞, 词汇, 用語, 名前, 용어, 단어, termin, pojęcie, begrepp, begreb, terim, thuật ngữ, "
    "اصطلاح, واژه, مصطلح, المصطلح, מונח, όρος, termi, fogalom, kifejezés, istilah, คำศัพท์, शब्द",
    Field.ACRONYM: "acronym, acronyms, abbreviation, abbreviations, abbr, abbr., abbrev, abbrev., "
    "short form, short, shortname, short name, initialism, abkürzung, abk., kürzel, kurzform, sigle, "
    "acronyme, abréviation, acrónimo, acronimo, sigla, abreviatura, afkorting, abbreviated, "
    "аббревиатура, сокращение, абревіатура, скорочення, 缩写, 縮寫, 简称, 略語, "
    "略称, 약어, skrót, förkortning",
    Field.EXPANSION: "expansion, stands for, long form, full form, full name, long, longname, long name, "
    "full term, spelled out, expanded, expanded form, in full, acronym expansion, langform, ausgeschrieben, "
    "steht für, forme longue, signifie, nombre completo, significado, meaning, means, bedeutung, "
    "signification, signifikation, significato, betekenis, volledig, "
    "расшифровка, розшифровка, 全称, 全稱, 全名, 英文全称, 正式名称, rozwinięcie, "
    "forma completa, nom complet, nome completo, significado completo",
    Field.DEFINITION: "definition, definitions, description, explanation, text, body, content, details, "
    "what it is, what it means, meaning in context, gloss, full definition, long description, beschreibung, "
    "erklärung, erläuterung, définition, definición, descripción, explicación, definição, descrição, "
    "definizione, descrizione, definitie, omschrijving, beschrijving, "
    "определение, описание, значение, визначення, опис, значення, "
    "пояснення, объяснение, что это, що це, 定义, 定義, 说明, 說明, 解释, 解釋, 描述, "
    "含义, 含義, 意味, 説明, 정의, 설명, 의미, definicja, opis, znaczenie, betydelse, "
    "beskrivning, förklaring, what it does, what is it, "
    "تعریف, توضیح, توضیحات, تعريف, التعريف, الوصف, הגדרה, ορισμός, määritelmä, selitys, meghatározás, "
    "tan\u0131m, aç\u0131klama, định nghĩa, definisi, ความหมาย, परिभाषा, definiție, "
    "what it is, in plain english, plain english, "
    "plain-english definition, simple definition, interpretation",
    Field.SUMMARY: "summary, short description, short definition, tooltip, one-liner, tl;dr, tldr, "
    "in short, short explanation, brief, excerpt, blurb, hover text, hovertext, kurzbeschreibung",
    Field.ALIASES: "aliases, alias, synonyms, synonym, aka, a.k.a., also known as, other names, "
    "also called, alternative names, alternative name, alternate names, alternative terms, alternatives, "
    "variants, variant, also, other name, alternate name, alt labels, altlabel, alt label, known as, "
    "synonyme, auch, auch bekannt als, sinónimos, sinônimos, sinonimi, synoniemen, plural, see under, "
    "синонимы, синоніми, 别名, 別名, 同义词, 同義語, synonimy, synonymer",
    Field.AVOID: "prohibited, avoid, do not use, don't use, not to be used, forbidden, aliases to avoid, "
    "deprecated terms, deprecated names, deprecated synonyms, not, never, verboten, nicht verwenden, "
    "hidden label, hiddenlabel, superseded term, supersededterm, instead of, discouraged, "
    "do not use for this, don't say",
    Field.TOPICS: "topics, topic, category, categories, tags, tag, domain, subject, area, group, kategorie, "
    "thema, bereich, domaine, catégorie, categoría, categoria, context, contexts, bounded context, "
    "applies to, scope, field, kontext, contexte, contexto, subjects, theme, themes, type, types",
    Field.EXAMPLE: "example, examples, usage, usage example, example usage, e.g., beispiel, beispiele, "
    "exemple, exemples, ejemplo, ejemplos, exemplo, exemplos, esempio, esempi, voorbeeld, use, sample, "
    "example sentence, in a sentence, "
    "пример, пример использования, примеры, приклад, 示例, 例子, 例, 예시, przykład, exempel",
    Field.RELATED: "related, related terms, related notes, see also, see, "
    "related concepts, related term, related to, "
    "siehe auch, siehe, verwandt, voir aussi, véase también, ver também, vedi anche, zie ook, cf., cf, "
    "compare, relations, broader, narrower, relationships, related entries, cross reference, "
    "cross-reference, "
    "см. также, див. також, 相关术语, 相关, 関連",
    Field.CONTRAST: "not to be confused with, do not confuse with, don't confuse with, differs from, "
    "contrast, contrast with, versus, vs, vs., as opposed to, confused with, not the same as, antonyms, "
    "antonym, opposite",
    Field.FACT: "note, notes, remark, remarks, comment, comments, hint, why it matters, importance, "
    "hinweis, anmerkung, bemerkung, remarque, nota, notas, why, fact, facts, for children, analogy, rules, "
    "invariants, additional notes, additional information, more information, "
    "примечание, примечания, примітка, 备注, 備註, 備考, 비고, uwagi, observações",
    Field.STATUS: "status, state, lifecycle, life cycle, stand",
    Field.REPLACED_BY: "replaced by, superseded by, use instead, replacement, instead use, preferred term, "
    "preferred, ersetzt durch",
    Field.OWNER: "owner, owners, maintainer, team, responsible, steward, verantwortlich",
    Field.REVIEWED: "reviewed, last reviewed, review date, last review",
    Field.URL: "url, link, links, homepage, website, more, read more, learn more, further reading, "
    "full link, documentation, docs, href, web",
    Field.SOURCE: "source, sources, reference, references, origin, quelle, quellen, référence, fuente, "
    "fonte, bron, cited from, citation",
    Field.LICENSE: "license, licence, lizenz",
    Field.LANGUAGE: "language, lang, locale, sprache",
}

#: The keys that data files have beside these.
_KEYS = {
    Field.ACRONYM: "term code",
    Field.DEFINITION: "def, desc, defn, descr, long definition, longdef",
    Field.SUMMARY: "shortdef, short desc, shortdesc, hover",
    Field.EXPANSION: "longform, full, expand, long title, fullname, fullform",
    Field.ALIASES: "alternate, alternates, alt, alts, other forms, forms, alternative labels, alternative",
    Field.RELATED: "cross references, crossreferences, ref, refs, related words, seealso, relatedterms, "
    "related ids, similar",
    Field.AVOID: "deprecated aliases, wrong, incorrect",
    Field.URL: "web site, learn more url, more info",
}

_BY_LABEL = {
    label.strip(): field
    for field, labels in (*_LABELS.items(), *_KEYS.items())
    for label in labels.replace("\n", " ").split(", ")
}

_MARKUP = lazily(r"[*_`:]+|\([^()]*\)\s*$")
_CAMEL = lazily(r"(?<=[a-z])(?=[A-Z])")


@memo.recent(1024)
def field_of(label: str) -> Field | None:
    """Return the field that a label names, or None.

    Capitals, emphasis, a colon, underscores and hyphens do not matter, nor `shortDescription` for
    `short description`.
    """
    words = " ".join(_CAMEL.sub(" ", _MARKUP.sub(" ", label)).replace("_", " ").lower().split())
    return _BY_LABEL.get(words) or _BY_LABEL.get(words.replace("-", " "))
