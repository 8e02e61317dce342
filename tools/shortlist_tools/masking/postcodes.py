"""Addresses told by what stands at their edges: a postcode at the end, a block or a room in front, a box, a highway."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortlist_tools.masking.addresses import continued
from shortlist_tools.masking.spans import Personal

_FREE = r"(?<![A-Za-z0-9$£€.])"
_END = r"(?![A-Za-z0-9])"
_UK = rf"(?:GIR 0AA|[A-Z]{{1,2}}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{{2}}){_END}"
_STRONG = (
    rf"(?:{_UK}|[ABCEGHJ-NPRSTVXY]\d[A-Z] \d[A-Z]\d{_END}|(?:A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|"
    rf"M[ADEINOST]|"
    rf"N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]),? \d{{5}}(?:-\d{{4}})?{_END}|"
    rf"(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT),? \d{{4}}{_END}|(?:Singapore|S(?=\(|\s))\s?\(?\d{{6}}\)?{_END}|"
    rf"(?:D6W|[AC-FHKNPRTV-Y]\d\d) (?=[A-Z0-9]{{0,3}}\d)[A-Z0-9]{{4}}{_END}|"
    rf"\d{{4}} ?[A-Z]{{2}} [A-Z][a-z-]+)"
)
_WORDS = r"[A-ZÀ-Þ][\w'.&-]*(?:\s+(?:of|the|on|upon|le|de|in|by|[A-ZÀ-Þ][\w'.&-]*)){0,4}"
_CODED = re.compile(
    rf"{_FREE}(?:(?:[Ff]lat|[Aa]pt\.?|[Uu]nit|[Rr]oom|[Ss]uite)\s?#?\w{{1,5}},?\s+)?"
    rf"(?:\d{{1,5}}[A-Za-z]?(?:[-/]\d{{1,4}})?,?\s+)?{_WORDS}(?:\s+\d{{1,4}})?(?:,?\s+#?\d{{1,3}}-\d{{1,4}})?"
    rf"(?:,\s*(?:\d{{1,5}}[A-Za-z]?\s+)?{_WORDS}){{0,4}},?\s+{_STRONG}"
)
_CODED_LOWER = re.compile(
    rf"{_FREE}\d{{1,5}}[a-z]?\s+(?:[a-z'.]+\s+){{1,3}}(?:[a-z'.]+,?\s+|,\s+){{0,3}}"
    r"(?:[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}|[a-z]\d[a-z] \d[a-z]\d)(?![a-z0-9])",
    re.IGNORECASE,
)
_BARE_UK = re.compile(
    rf"(?<![A-Za-z0-9\-])(?:[A-Z]{{1,2}}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{{2}}|"
    rf"[ABCEGHJ-NPRSTVXY]\d[A-Z] \d[A-Z]\d){_END}(?!-)"
)
_BLOCK = re.compile(
    r"(?<![A-Za-z])(?:Blk|Block|BLK|blk)\.?\s\d{1,4}[A-Za-z]?,?\s(?:[A-Z][\w']*\s){1,4}?(?:Avenue|Ave|Street|St|"
    r"Road|Rd|Drive|Dr|"
    r"Lane|Crescent|Cres|Close|Way|Link|Walk|Place|Terrace|Central|North|South|East|West|Park)\b\.?"
    r"(?:\s\d{1,3}[A-Z]?(?!\d))?(?:,?\s#?\d{1,3}-\d{1,5})?(?:,?\s(?:Singapore|S)\s?\(?\d{6}\)?)?"
)
_PLACE = r"(?:,\s*[A-Z][\w'.-]+(?:\s[A-Z][\w'.-]+){0,2}){0,4}(?:,?\s+(?:[A-Z]{2},?\s+)?\d{4,6}(?:-\d{4})?(?![\w%]))?"
_ROOM = re.compile(
    r"(?<![A-Za-z])(?:(?:[Ff]lat|[Aa]pt\.?|[Aa]partment|[Uu]nit|[Rr]oom|[Rr]m\.?|[Ss]uite|[Oo]ffice|[Ff]loor|"
    r"[Tt]ower|[Bb]uilding|[Bb]ldg\.?|"
    r"[Bb]lock|[Hh]ouse|[Vv]illa|[Pp]lot|[Ss]ector|[Pp]hase|[Dd]orm(?: [Rr]oom)?|[Hh]\.?\s?[Nn]o\.?|"
    r"[Dd]oor)\s?(?:[Nn]o\.?\s?)?#?"
    r"(?:\d{1,5}[A-Za-z]?|[A-Z]-?\d{0,4})(?:[-/]\d{1,4})?(?![\w.%])(?:\s?/[A-Za-z])?"
    r"(?:,?\s(?:\d{1,3}(?:st|nd|rd|th)|[A-Z]?\d{1,3})(?:/F|\s[Ff]l(?:oor)?\b))?,?\s(?:in |at |of )?(?:the )?)"
    r"(?:(?:Tower|Block|Building|Phase|Floor|Wing|Sector|Stage)\s\w{1,4},?\s)*"
    r"(?:\d{1,5}[A-Za-z]?(?:[-/]\d{1,4})?,?\s)?[A-Z][\w'-]+(?:\s[A-Z][\w'-]+){0,3}(?:,\s*\d{1,5}[A-Za-z]?\s[A-Z][\w'-]+(?:\s[A-Z][\w'-]+){0,3})?"
    rf"{_PLACE}"
)
_HALL = re.compile(
    r"(?<![A-Za-z])(?:[A-Z][\w']+\s){1,3}(?:Hall|House|Towers?|Building|Court|Residences?|Dormitory|Dorm|Lodge|"
    r"Apartments|Heights|Plaza|Center|Centre),?\s"
    r"(?:[Rr]oom|[Rr]m|[Aa]pt|[Uu]nit|[Ff]lat|[Ss]uite|[Ff]loor|#)\.?\s?#?\w{1,5}(?!\w)"
)
_ZIPPED = re.compile(
    rf"{_FREE}\d{{1,5}}[A-Za-z]?\s[A-Z][a-z]+(?:\s[A-Z][a-z]+){{0,2}}"
    rf"(?:,\s*[A-Za-z0-9#][\w #.'-]{{1,24}}){{1,3}}?,?\s\d{{5}}(?![\w%-])"
)
_BOX = re.compile(
    r"(?<![A-Za-z])(?:(?:G\.?\s?)?P\.?\s?O\.?\s?(?:Box|B\.)|GPO Box|Private Bag|Locked Bag|PMB|Postfach|"
    r"Apartado(?: de Correos)?|"
    r"Casilla|mailbox|mail box|postbox|post office box|邮政信箱|信箱|邮箱信箱)\s?(?:#|no\.?|number|"
    r"num)?\s?[A-Z]?-?\d{1,6}"
    rf"(?!\d|\.\d)(?:号)?(?:{_PLACE}|,?\s[a-z]{{4,20}}(?=$|[,.!]))",
    re.IGNORECASE,
)
_HIGHWAY = re.compile(
    rf"{_FREE}\d{{1,6}}[A-Za-z]?\s(?:[NSEW]\.?\s|North\s|South\s|East\s|West\s)?"
    rf"(?:State (?:Route|Road|Hwy|Highway)|County (?:Road|Rd|Route)|Rural Route|US(?: Highway| Hwy|-)|Highway|Hwy|"
    rf"Route|Rte|FM|SR|CR|RR|Farm Road|Township Road|Range Road|Concession)\s?\d{{1,4}}[A-Z]?{_PLACE}"
    rf"|(?<![A-Za-z])(?:RR|Rural Route|R\.R\.)\s?#?\d{{1,3}},?\s(?:Box|box)\s?\d{{1,4}}{_PLACE}",
)
_ASIAN = re.compile(
    rf"{_FREE}(?:\d{{1,2}}-\d{{1,3}}-\d{{1,3}}(?:-\d{{1,4}})?,?\s[A-Z][a-zō'-]+(?:,\s*[A-Z][\w'ō-]+){{0,4}}"
    rf"|\d{{1,4}}(?:-\d{{1,4}})?,?\s[A-Z][a-z]+(?:-daero|-ro|-gil|daero|"
    rf"-dong)(?:\s\d{{1,3}}(?:beon)?-gil)?(?:,\s*[A-Z][\w'-]+){{0,3}})"
    r"(?:,?\s\d{3,5}(?:-\d{4})?)?"
    r"|(?<![A-Za-z])(?:[A-Z]-?\d{1,4}|(?:#|H\.?\s?No\.?\s?|No\.?\s?|"
    r"D\.?\s?No\.?\s?)\d{1,5}[A-Z]?(?:[-/]\d{1,4}){0,3}),?\s"
    r"(?:(?:[A-Z][\w'.]+|\d{1,3}(?:st|nd|rd|th))(?:\s(?:[A-Z][\w'.]+|\d{1,3}(?:st|nd|rd|th))){0,3},\s*){0,4}"
    r"(?:(?:[A-Z][\w'.]+|\d{1,3}(?:st|nd|rd|th))\s){0,3}(?:Nagar|Road|Rd|Marg|Street|St|Cross|Main|Layout|Colony|"
    r"Enclave|Vihar|Heights|Residency|Apartments|Towers|"
    r"Society|Jalan|Jln|Lorong|Soi|Sector|Village|Lane|Avenue)\b"
    r"(?:\s\d{1,3}\b)?(?:,\s*[A-Z][\w'.-]+(?:\s[A-Z][\w'.-]+){0,2}){0,4}(?:[,\s-]+\d{4,6}(?!\d))?"
    r"|(?<![\w$.])\d{1,4}[A-Z]?,?\s(?:Jalan|Jln\.?|Lorong|Soi|"
    r"Gang)\s[A-Z][\w']*(?:\s[A-Z][\w']*){0,3}(?:,\s*\d{5})?(?:,?\s[A-Z][\w']+){0,3}"
    r"|(?<![A-Za-z])(?:Jalan|Jln\.?|Lorong|Soi|Gang)\s(?:[A-Z][\w'.]*\s){0,3}?(?:[A-Z][\w'.]*|"
    r"\d{1,3}/?\d{0,3}),?\s(?:[Nn]o\.?\s?)?\d{1,4}[A-Z]?\b"
    r"|(?<![A-Za-z])(?:ul\.|ulica|ulitsa|prospekt|"
    r"pr\.)\s[A-ZŁŚŻŹĆ][\w-]+(?:\s[A-ZŁŚŻŹĆ][\w-]+){0,2},?\s(?:d\.\s?)?\d{1,4}[a-zA-Z]?"
    r"(?:/\d{1,4})?(?:,?\s(?:m\.|kv\.?|apt\.?)\s?\d{1,4})?"
    r"|(?<![A-Za-z])[A-ZÀ-Þ][\wÀ-ÿ-]+(?:gracht|kade|plein|singel|dreef|hof|vägen|gränd|veien|gata|gaten|katu|tie|"
    r"utca|caddesi|sokak)"
    r"\s(?:[Nn]o:?\s?)?\d{1,4}[a-zA-Z]?(?![\d%])(?:,\s*\d{4,5}\s?(?:[A-Z]{2}\s)?[A-ZÀ-Þ][\wÀ-ÿ-]+)?"
)
_NOT_A_ROOM = re.compile(
    r"\b(?:size|under|below|around|about|model|version|type|level|grade|season|episode|part|chapter|volume|vol)\s*$",
    re.I,
)


def find_coded_addresses(text: str) -> Iterator[Personal]:
    """Yield addresses whose kind of street is unusual or missing, told by a postcode, a block, a room or a box."""
    for pattern in (_CODED, _HALL, _ZIPPED, _CODED_LOWER, _BARE_UK, _BLOCK, _BOX, _HIGHWAY, _ASIAN):
        for match in pattern.finditer(text):
            yield Personal(match.start(), continued(text, match.end()), "address")
    for match in _ROOM.finditer(text):
        if not _NOT_A_ROOM.search(text[max(0, match.start() - 16) : match.start()]):
            yield Personal(match.start(), match.end(), "address")
