"""Whether a message turns away from what was shown, whatever else it asks for: "something else under 50", 换一批."""

from __future__ import annotations

import re

from shortlist.reader.vocabulary import fold

from .following import BAD_EN, BAD_ZH

_OTHERS = re.compile(
    r"\b(?:something|anything|what|who) else\b|\b(?:any|some|show|give|see|find|try|what) (?:me |us )?"
    r"(?:the )?others?\b"
    r"|\b(?:an)?other (?:ones?|options?|choices?|suggestions?|picks?|ideas?|things?|items?|brands?|models?)\b"
    r"|\banother\W*$|\balternatives?\b"
    r"|\bdifferent (?:ones?|options?|suggestions?|things?)\b|\bsomething different\b"
    r"|\bnot (?:this|that|these|those|them|it)(?: (?:ones?|either|again))?\W*$|\bnone of (?:these|those|them)\b"
    r"|\b(?:hate|dislike|don't (?:like|want)) (?:all|any|every|most|these|those|them|this|that|it)\b"
    r"|换(?:一|个|几|另|别|点|批|组|掉)|(?:别|其他|其它|另外)的?[一几]?[个款批种些双副台件盏瓶]|(?:看|来|要|推荐|找|有)[^,。]{0,3}"
    r"(?:别的|其他的?|其它的?|另外的)(?=[款吗嘛么呢啊吧了,?。!]|选|推荐|商品|东西|牌|品牌|产品|$)"
    r"|^(?:别的|其他|其它)|不要(?:这|那|它)|(?:这|那)[个款些几]*(?:都)?(?:不要|不喜欢|不行|不好|不合适)"
    r"|下一批|都不(?:要|喜欢|行|合适|满意)"
)
_NONE_PLEASES = re.compile(
    r"\bstill (?:no|nope|not (?:it|right|good|happy|convinced))\b(?! \w)"
    r"|\bnone (?:of (?:these|those|them) )?(?:really )?(?:appeals?|works?|suits?|pleases?|will do)\b"
    r"|\b(?:they|these|those|all of (?:them|these|those))(?:'?re| are| all| both| just| really| so| pretty| look| looks"
    rf"| seem| too| quite| kind of| a bit)+ (?:{BAD_EN})\b|\bhate (?:\w+ )?(?:all|every one)\b"
    r"|^\W*[这那]都?(?:是)?些?(?:啥|什么)(?:啊|呀|鬼|东西|玩意儿?)+(?=\W)|有[点些]儿?(?:新意|创意|特色)"
    r"|(?<!有)没有?[一哪]?[个款种](?:是|能|让)?我?(?:喜欢|看[得上中]+|满意|合适|中意|想要|好看)"
    r"|一[个款种]?(?:也|都)(?:不|没(?:有)?)(?=喜欢|看|要|行|好|满意|合适|中)|看不[上中]"
    r"|(?:还是|都|全)(?:都|也)?不太?(?:行|好|对|要|满意|喜欢|合适|怎么样)(?!看|用|喝|玩|穿|听|看)"
    rf"|(?:都|全|[这那]些)(?:都|也|真|好|太|很|有点|挺)*(?:{BAD_ZH})"
)
_ENOUGH = re.compile(
    r"\b(?:else|others?) (?:is|are|does|do|isn't|aren't|matters?|will|would|goes|works?)\b"
    r"|\bno other\b|\bnothing else\b"
    r"|(?:别的|其他|其它)[^,。!?]{0,5}(?:没|都行|都可|都好|无所谓|随便|不限|不重要|不用|不要求)|(?<!有)没有?(?:别的|其他|其它)"
)


def wants_others(message: str) -> bool:
    """Return whether `message` asks for other items than those shown; what says that nothing else matters does not."""
    text = fold(message)
    return bool(_OTHERS.search(text) or none_pleases(text)) and not _ENOUGH.search(text)


def none_pleases(folded: str) -> bool:
    """Return whether a folded message says of all that was shown that it does not please: "still no", 一个都看不上."""
    return _NONE_PLEASES.search(folded) is not None
