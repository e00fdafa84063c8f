"""The rules of what Atom's elements hold: people, ids, dates, addresses, categories (RFC 4287 section 4.2).

Takes a tree, gives hits. Texts and contents are in `atom_text`, links in `links`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from feedpub import urls
from feedpub.check import _kinds as kinds
from feedpub.check import dates
from feedpub.check._finding import Hit, Rule, shown
from feedpub.check._kinds import Kind
from feedpub.check._xml import XML, Tree, name_of, split, text_of
from feedpub.check.atom import A, missing, repeated
from feedpub.check.identity import Name
from feedpub.check.timing import Stamp


def no_author(tree: Tree) -> Iterator[Hit]:
    """Entries whose author nobody names."""
    for entry in tree.all(A + "entry"):
        places = (entry, entry.getparent(), entry.find(A + "source"))
        if all(place is None or place.find(A + "author") is None for place in places):
            yield tree.hit(entry, "neither the entry nor the feed names an author")


def feed_author_only(tree: Tree) -> Iterator[Hit]:
    """The first entry without an author of its own, or with several."""
    for entry in tree.all(A + "entry"):
        count = len(entry.findall(A + "author"))
        if count != 1:
            yield tree.hit(
                entry, "the entry has no author of its own" if not count else f"the entry has {count} authors"
            )
            return


def people(tree: Tree) -> Iterator[Hit]:
    """People without a name, or with two."""
    for person in tree.all(A + "author", A + "contributor"):
        yield from missing(tree, person, "name")
        yield from repeated(tree, person, "name uri email")


def nameless(tree: Tree) -> Iterator[Hit]:
    """People whose name is empty."""
    for name in tree.all(A + "name"):
        if not text_of(name).strip():
            yield tree.hit(name, "the name is empty")


def named_by_mail(tree: Tree) -> Iterator[Hit]:
    """Names that show an e-mail address."""
    for name in tree.all(A + "name"):
        if any(not kinds.address(word.strip("<>()[],;")) for word in text_of(name)[:400].split() if "@" in word):
            yield tree.hit(name, f"the name shows an e-mail address: {shown(text_of(name))}")


def values(tree: Tree, kind: Kind, *names: str) -> Iterator[Hit]:
    """Elements whose text is not of a kind."""
    for element in tree.all(*(A + name for name in names)):
        text = text_of(element)
        wrong = kind(text.strip())
        if wrong:
            yield tree.hit(element, f"{name_of(element)} {wrong}: {shown(text)}")


def names(tree: Tree) -> list[Name]:
    """List the ids, addresses and categories."""
    found = [Name("id", text_of(element).strip(), *tree.place(element)) for element in tree.all(A + "id")]
    places = tree.all(A + "uri", A + "icon", A + "logo")
    found += [Name("address", text_of(place).strip(), *tree.place(place)) for place in places]
    found += [Name("address", link.get("href", ""), *tree.place(link)) for link in tree.all(A + "link")]
    return found + [Name("term", term.get("term", ""), *tree.place(term)) for term in tree.all(A + "category")]


def stamps(tree: Tree) -> list[Stamp]:
    """List the dates. An entry without a date of publication is known by its last update."""
    found = []
    for element in tree.all(A + "updated", A + "published"):
        moment = dates.rfc3339(text_of(element).strip())
        entry = element.getparent()
        if moment and entry is not None:
            name = split(str(element.tag))[1]
            is_main = entry.tag == A + "entry" and (name == "published" or entry.find(A + "published") is None)
            found.append(Stamp(name, moment, *tree.place(element), is_main))
    return found


def padded(tree: Tree) -> Iterator[Hit]:
    """White space around ids, dates and addresses, which are compared as they stand."""
    for element in tree.all(*(A + name for name in "id updated published icon logo uri".split())):
        text = text_of(element)
        if text != text.strip():
            yield tree.hit(element, f"white space stands around the value of {name_of(element)}")


def uncanonical(tree: Tree) -> Iterator[Hit]:
    """Ids that could be spelled in another way: they are compared letter by letter."""
    for element in tree.all(A + "id"):
        text = text_of(element).strip()
        if not urls.bad_iri(text) and urls.canonical(text) != text:
            yield tree.hit(element, f"the id would be canonical as {shown(urls.canonical(text), 100)}")


def early_update(tree: Tree) -> Iterator[Hit]:
    """Entries that were updated before they were published."""
    for entry in tree.all(A + "entry"):
        published, updated = (
            dates.rfc3339((entry.findtext(A + name) or "").strip()) for name in ("published", "updated")
        )
        if published and updated and updated < published:
            yield tree.hit(entry, "the entry was updated before it was published")


def ids_alike(tree: Tree) -> Iterator[Hit]:
    """Feeds of which all entries share one id."""
    for feed in tree.all(A + "feed"):
        ids = [(entry.findtext(A + "id") or "").strip() for entry in feed.iterfind(A + "entry")]
        if len(ids) > 2 and len(set(ids)) == 1 and ids[0]:  # two may be revisions of one
            yield tree.hit(feed, f"all {len(ids)} entries have the same id")


def ids_twice(tree: Tree) -> Iterator[Hit]:
    """Entries that share an id with another one, or with the feed."""
    for feed in tree.all(A + "feed"):
        own = (feed.findtext(A + "id") or "").strip()
        entries = [(entry, (entry.findtext(A + "id") or "").strip()) for entry in feed.iterfind(A + "entry")]
        counts = Counter(key for _, key in entries)
        for entry, key in entries:
            if key and counts[key] > 1:
                yield tree.hit(entry, f"{counts[key]} entries have this id")
            elif key and key == own:
                yield tree.hit(entry, "the entry has the id of the feed")


def relative_addresses(tree: Tree) -> Iterator[Hit]:
    """Addresses of people and pictures without a scheme."""
    for element in tree.all(*(A + name for name in ("icon", "logo", "uri"))):
        if not urls.scheme(text_of(element).strip()):
            yield tree.hit(element, f"{name_of(element)} is relative: {shown(text_of(element))}")


def based(tree: Tree) -> Iterator[Hit]:
    """Uses of xml:base."""
    element = next((element for element in tree.elements if element.get(f"{XML}base") is not None), None)
    if element is not None:
        yield tree.hit(element, "addresses depend on xml:base")


def bad_base(tree: Tree) -> Iterator[Hit]:
    """Values of xml:base that are no addresses."""
    for element in tree.elements:
        base = element.get(f"{XML}base")
        wrong = kinds.reference(base) if base else ""
        if wrong:
            yield tree.hit(element, f"xml:base {wrong}: {shown(base or '')}")


def generator_address(tree: Tree) -> Iterator[Hit]:
    """Generators whose address is none."""
    for generator in tree.all(A + "generator"):
        wrong = kinds.reference(generator.get("uri", ""))
        if wrong:
            yield tree.hit(generator, f"uri {wrong}: {shown(generator.get('uri', ''))}")


def categories(tree: Tree) -> Iterator[Hit]:
    """Categories without a term, or of a scheme that is no IRI."""
    for category in tree.all(A + "category"):
        scheme = category.get("scheme")
        if category.get("term") is None:
            yield tree.hit(category, "the category has no term")
        if scheme is not None and (wrong := kinds.iri(scheme)):
            yield tree.hit(category, f"scheme {wrong}: {shown(scheme)}")


def blank_categories(tree: Tree) -> Iterator[Hit]:
    """Categories whose term is empty."""
    for category in tree.all(A + "category"):
        if not category.get("term", "x").strip():
            yield tree.hit(category, "the term is empty")


def two_names(tree: Tree) -> Iterator[Hit]:
    """Categories of which half the readers show one name and half another."""
    for category in tree.all(A + "category"):
        label = category.get("label")
        if label is not None and label != category.get("term"):
            yield tree.hit(category, f"term {shown(category.get('term', ''))} and label {shown(label)} differ")


_ADDRESS = "write an absolute address, encoded as RFC 3987 says"
_DATE = "write a date as 2026-11-23T09:30:00Z"


def _filled_reference(text: str) -> str:
    return kinds.reference(text) if text else "is empty"


RULES: tuple[Rule[Tree], ...] = (
    Rule("A03", "error", "An entry has an author, of its own or the feed's", "add an author to the feed", no_author),
    Rule(
        "A03",
        "note",
        "Every entry has one author of its own",
        "write the author into each entry, names joined: readers lose a feed's author, and the second of two",
        feed_author_only,
        habit=True,
    ),
    Rule("A04", "error", "A person has one name, and at most one uri and email", "give the person one name", people),
    Rule("A04", "warning", "A person's name is not empty", "write the name, or leave the person out", nameless),
    Rule("A04", "error", "A person's uri is an IRI", _ADDRESS, lambda tree: values(tree, kinds.reference, "uri")),
    Rule(
        "A04",
        "error",
        "A person's email is a bare address",
        "write user@example.org, without name or mailto:",
        lambda tree: values(tree, kinds.address, "email"),
    ),
    Rule("S05", "warning", "No e-mail address stands in a name", "write the name alone", named_by_mail),
    Rule(
        "I03",
        "error",
        "An id is an absolute IRI",
        "write a urn:uuid: or tag: URI, once and for ever",
        lambda tree: values(tree, kinds.iri, "id"),
    ),
    Rule(
        "I03",
        "warning",
        "An id is spelled canonically",
        "for new ids, write the canonical form; never change an old one",
        uncanonical,
    ),
    Rule("X09", "error", "No white space stands around ids, dates and addresses", "write the value without it", padded),
    Rule(
        "T01",
        "error",
        "Dates are RFC 3339, with seconds and zone",
        _DATE,
        lambda tree: values(tree, kinds.rfc3339_date, "updated", "published"),
    ),
    Rule(
        "T08",
        "warning",
        "updated is not before published",
        "never set updated before the day of publication",
        early_update,
    ),
    Rule("I06", "error", "Entries have ids of their own", "give each entry its own id", ids_alike),
    Rule(
        "I06", "warning", "No two entries share an id, and none has the feed's", "give each entry its own id", ids_twice
    ),
    Rule(
        "A18", "error", "icon and logo are IRIs", _ADDRESS, lambda tree: values(tree, _filled_reference, "icon", "logo")
    ),
    Rule(
        "A19",
        "note",
        "Nothing depends on xml:base",
        "write whole addresses: many readers ignore xml:base",
        based,
        habit=True,
    ),
    Rule("A19", "error", "xml:base is an IRI", _ADDRESS, bad_base),
    Rule("W3C-InvalidURIAttribute", "error", "The generator's uri is an IRI", _ADDRESS, generator_address),
    Rule(
        "W3C-NotBlank",
        "warning",
        "The generator has a name",
        "write the program's name, or leave generator out",
        lambda tree: values(tree, kinds.not_empty, "generator"),
    ),
    Rule("A16", "error", "A category has a term, and its scheme is an IRI", "mend the attribute", categories),
    Rule(
        "A19",
        "warning",
        "Addresses are absolute",
        "write the whole address: readers guess different bases",
        relative_addresses,
        habit=True,
    ),
    Rule("A16", "warning", "A category's term is not empty", "leave the category out", blank_categories),
    Rule(
        "A16",
        "note",
        "A category's term is what people should see",
        "eight readers show the term, the others the label",
        two_names,
        habit=True,
    ),
)
