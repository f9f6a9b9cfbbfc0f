"""The words and marks of dates, in the languages that Spaces was written in."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# January to December; several forms of one month are separated by "/". Slavic months
# stand in the genitive too, because that is how a date writes them.
_MONTHS = """
january february march april may june july august september october november december
januar/jänner februar/feber märz april mai juni juli august september oktober november dezember
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts april maj juni juli august september oktober november december
styczeń/stycznia luty/lutego marzec/marca kwiecień/kwietnia maj/maja czerwiec/czerwca lipiec/lipca sierpień/sierpnia wrzesień/września październik/października listopad/listopada grudzień/grudnia
leden/ledna únor/února březen/března duben/dubna květen/května červen/června červenec/července srpen/srpna září říjen/října listopad/listopadu prosinec/prosince
январь/января февраль/февраля март/марта апрель/апреля май/мая июнь/июня июль/июля август/августа сентябрь/сентября октябрь/октября ноябрь/ноября декабрь/декабря
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
"""

_WEEKDAYS = """
monday tuesday wednesday thursday friday saturday sunday
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo
lunedì martedì mercoledì giovedì venerdì sabato domenica
segunda-feira terça-feira quarta-feira quinta-feira sexta-feira segunda terça quarta quinta sexta
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
måndag tisdag onsdag torsdag fredag lördag söndag
mandag tirsdag lørdag søndag
poniedziałek wtorek środa czwartek piątek sobota niedziela
pondělí úterý středa čtvrtek pátek neděle
понедельник вторник среда четверг пятница суббота воскресенье
pazartesi salı çarşamba perşembe cuma cumartesi pazar
"""
# Between a date and its time, or around them: they change nothing.
_FILLERS = {
    "at",
    "um",
    "uhr",
    "kl",
    "klo",
    "klokken",
    "o",
    "à",
    "a",
    "las",
    "le",
    "den",
    "il",
}
_FILLERS |= {
    "ore",
    "alle",
    "am",
    "às",
    "г",
    "в",
    "on",
    "the",
    "of",
    "de",
    "del",
    "om",
    "el",
}

MORNING = r"a\. ?m\.|am\b|上午|午前|오전|fm\b|öö\b|dop\."
AFTERNOON = r"p\. ?m\.|pm\b|下午|午後|오후|em\b|ös\b|odp\."

_ASIAN_WEEKDAY = re.compile(
    r"\(?(?:(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일)\)?"
    r"|\([月火水木金土日월화수목금토일一二三四五六]\)"
)
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)


def plain(text: str) -> str:
    """The text in one shape: plain spaces and digits, small letters, no hidden marks."""
    shaped = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return " ".join(unicodedata.normalize("NFC", shaped.casefold()).split())


def _split(table: str) -> list[str]:
    return [plain(word) for word in table.split()]


_MONTH_BY_NAME: dict[str, int] = {
    name: number
    for line in _MONTHS.strip().splitlines()
    for number, names in enumerate(line.split(), 1)
    for name in plain(names).split("/")
}
_WEEKDAY_NAMES = tuple(_split(_WEEKDAYS))


@lru_cache(maxsize=4096)
def month(word: str) -> int | None:
    """1 to 12 for a month's name or an abbreviation that can mean no other month."""
    word = word.rstrip(".")
    if word in _MONTH_BY_NAME:
        return _MONTH_BY_NAME[word]
    if not 3 <= len(word) <= 12:
        return None
    meant = {n for name, n in _MONTH_BY_NAME.items() if name.startswith(word)}
    return meant.pop() if len(meant) == 1 else None


def is_filler(text: str) -> bool:
    """Whether what is left around a date and its time says nothing: weekdays, commas."""
    rest = _ASIAN_WEEKDAY.sub(" ", text)
    return all(
        word in _FILLERS or (len(word) > 1 and _is_weekday(word))
        for word in re.findall(r"[^\s,.()|·–—-][^\s,.()|·–—]*", rest)
    )


def _is_weekday(word: str) -> bool:
    return any(name.startswith(word) for name in _WEEKDAY_NAMES)
