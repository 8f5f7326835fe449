"""Languages that stories may be written in: what each calls itself, and in which direction it is read (BCP 47)."""

NAMES = {
    "en": "English",
    "uz": "Oʻzbekcha",
    "uz-Cyrl": "Ўзбекча",
    "ru": "Русский",
    "kaa": "Qaraqalpaqsha",
    "kk": "Қазақша",
    "ky": "Кыргызча",
    "tg": "Тоҷикӣ",
    "tk": "Türkmençe",
    "az": "Azərbaycanca",
    "tr": "Türkçe",
    "tt": "Татарча",
    "ug": "ئۇيغۇرچە",
    "fa": "فارسی",
    "ps": "پښتو",
    "ar": "العربية",
    "ur": "اردو",
    "he": "עברית",
    "uk": "Українська",
    "ka": "ქართული",
    "hy": "Հայերեն",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "it": "Italiano",
    "pt": "Português",
    "pl": "Polski",
    "hi": "हिन्दी",
    "zh": "中文",
    "ja": "日本語",
    "ko": "한국어",
}
RIGHT_TO_LEFT = {"ar", "fa", "he", "ps", "ug", "ur", "yi", "dv", "ckb", "sd"}
RIGHT_TO_LEFT_SCRIPTS = {"arab", "hebr", "thaa"}
# languages in which every word of the public pages exists
INTERFACE = ("en", "uz", "uz-Cyrl", "ru")
CHOICES = sorted(NAMES.items(), key=lambda pair: pair[1])


def name_of(code: str) -> str:
    """What a language calls itself; its code when we do not know."""
    return NAMES.get(code, code)


def meant_by(code: str) -> str:
    """The one of our languages that a BCP 47 code means, whatever country it adds; "" for one that we do not know."""
    first, *rest = code.replace("_", "-").lower().split("-")
    without_country = "-".join([first, *(part for part in rest if len(part) > 3)])
    return next((each for each in NAMES if each.lower() == without_country), "")


def direction(code: str) -> str:
    """ "rtl" or "ltr". A script that is named wins: Uzbek in Arabic letters is "uz-Arab"."""
    parts = code.lower().split("-")
    scripts = [part for part in parts[1:] if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if parts[0] in RIGHT_TO_LEFT else "ltr"


def interface_for(code: str) -> str | None:
    """The language of the page's own words for a text in language `code`; None where we have none of it. Cyrillic
    Uzbek is a language of its own here; any other addition to a code, as in "ru-RU", says nothing to us."""
    wanted = code.lower()
    plain = wanted.split("-")[0]
    return next(
        (each for each in INTERFACE if each.lower() == wanted),
        plain if plain in INTERFACE else None,
    )
