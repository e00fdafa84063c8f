"""What the builder of headlines for other pages says, in the languages of the pages themselves."""

from __future__ import annotations

from msgspec import Struct


class EmbedWords(Struct, frozen=True):
    """The words of the builder in one language."""

    title: str
    hint: str
    feed: str
    way: str
    ways: dict[str, str]
    count: str
    look: str
    looks: dict[str, str]
    scheme: str
    schemes: dict[str, str]
    line: str
    preview: str
    from_disk: str
    without_script: str


_ENGLISH = EmbedWords(
    title="Headlines on your site",
    hint="Choose, then paste the line into a page of yours. It asks nobody but this site, sets no cookie, and follows "
    "the feed by itself.",
    feed="Feed",
    way="As",
    ways={"script": "Part of your page", "frame": "A frame, without JavaScript"},
    count="Headlines",
    look="Look",
    looks={"list": "List", "compact": "One line each", "card": "Card", "summaries": "With summaries"},
    scheme="Colours",
    schemes={"": "Of your page", "light": "Light", "dark": "Dark"},
    line="The line to paste",
    preview="Preview",
    from_disk="This page was opened from a disk, where browsers let no script read a feed: here is the frame.",
    without_script="The lines for a frame; the number is that of the headlines, 10 at most.",
)

WORDS = {
    "en": _ENGLISH,
    "de": EmbedWords(
        title="Schlagzeilen auf Ihrer Website",
        hint="Wählen Sie, und fügen Sie die Zeile in eine Ihrer Seiten ein. Sie fragt nur diese Website, setzt keine "
        "Cookies und folgt dem Feed von selbst.",
        feed="Feed",
        way="Als",
        ways={"script": "Teil Ihrer Seite", "frame": "Rahmen, ohne JavaScript"},
        count="Schlagzeilen",
        look="Aussehen",
        looks={"list": "Liste", "compact": "Je eine Zeile", "card": "Karte", "summaries": "Mit Zusammenfassungen"},
        scheme="Farben",
        schemes={"": "Ihrer Seite", "light": "Hell", "dark": "Dunkel"},
        line="Die Zeile zum Einfügen",
        preview="Vorschau",
        from_disk="Diese Seite wurde von einem Datenträger geöffnet, wo Browser keinem Skript erlauben, einen Feed zu "
        "lesen: hier ist der Rahmen.",
        without_script="Die Zeilen für einen Rahmen; die Zahl ist die der Schlagzeilen, höchstens 10.",
    ),
    "fr": EmbedWords(
        title="Les titres sur votre site",
        hint="Choisissez, puis collez la ligne dans une de vos pages. Elle n’interroge que ce site, ne dépose aucun "
        "cookie et suit le flux d’elle-même.",
        feed="Flux",
        way="Comme",
        ways={"script": "Partie de votre page", "frame": "Cadre, sans JavaScript"},
        count="Titres",
        look="Aspect",
        looks={"list": "Liste", "compact": "Une ligne chacun", "card": "Carte", "summaries": "Avec résumés"},
        scheme="Couleurs",
        schemes={"": "De votre page", "light": "Claires", "dark": "Sombres"},
        line="La ligne à coller",
        preview="Aperçu",
        from_disk="Cette page a été ouverte depuis un disque, où les navigateurs ne laissent aucun script lire un "
        "flux : voici le cadre.",
        without_script="Les lignes pour un cadre ; le nombre est celui des titres, 10 au plus.",
    ),
    "es": EmbedWords(
        title="Los titulares en su sitio",
        hint="Elija y pegue la línea en una página suya. Solo consulta este sitio, no pone cookies y sigue la fuente "
        "por sí sola.",
        feed="Fuente",
        way="Como",
        ways={"script": "Parte de su página", "frame": "Marco, sin JavaScript"},
        count="Titulares",
        look="Aspecto",
        looks={"list": "Lista", "compact": "Una línea cada uno", "card": "Tarjeta", "summaries": "Con resúmenes"},
        scheme="Colores",
        schemes={"": "De su página", "light": "Claros", "dark": "Oscuros"},
        line="La línea para pegar",
        preview="Vista previa",
        from_disk="Esta página se abrió desde un disco, donde los navegadores no dejan que un script lea una fuente: "
        "aquí está el marco.",
        without_script="Las líneas para un marco; el número es el de titulares, 10 como máximo.",
    ),
    "ar": EmbedWords(
        title="العناوين في موقعك",
        hint="اختر ثم ألصق السطر في إحدى صفحاتك. لا يتصل إلا بهذا الموقع، ولا يضع ملفات ارتباط، ويتابع الخلاصة بنفسه.",
        feed="الخلاصة",
        way="على شكل",
        ways={"script": "جزء من صفحتك", "frame": "إطار بلا JavaScript"},
        count="عدد العناوين",
        look="المظهر",
        looks={"list": "قائمة", "compact": "سطر لكل عنوان", "card": "بطاقة", "summaries": "مع الملخصات"},
        scheme="الألوان",
        schemes={"": "ألوان صفحتك", "light": "فاتحة", "dark": "داكنة"},
        line="السطر الذي تلصقه",
        preview="معاينة",
        from_disk="فُتحت هذه الصفحة من قرص، حيث لا تسمح المتصفحات لأي برنامج بقراءة خلاصة: هذا هو الإطار.",
        without_script="أسطر الإطار؛ والعدد هو عدد العناوين، وأقصاه 10.",
    ),
}


def embed_words_of(language: str) -> EmbedWords:
    """Give the words of one of the languages of the pages, or English ones."""
    return WORDS.get(language, _ENGLISH)
