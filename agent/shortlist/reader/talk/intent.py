"""What the user wants done, as well as words alone can tell; the planner may know better."""

from __future__ import annotations

import re

from shortlist.reader.figures import counts_the_best
from shortlist.reader.goods import topics
from shortlist.reader.message import Context, Draft, Intent
from shortlist.reader.stance import is_present, none_pleases, persons, recalled

from .gates import is_task

_RESET = re.compile(
    r"\b(?:start over|start again|start fresh|reset|from scratch|forget everything|new search|"
    r"clear (?:everything|all|it all|the lot)|begin again|start all over|start from zero|from the top|wipe (?:it|"
    r"everything|all)|"
    r"forget (?:it all|all (?:of )?(?:that|this|it))|new conversation|let's restart)\b|重新开始|重新来|重新找|"
    r"推倒重来|从零开始|重头|从头(?:来|开始)|重来|全部清空|清空(?:条件|要求|所有)"
)
_PROFILE = re.compile(
    r"\b(?:know about me|my profile|my data|about my (?:taste|history|preferences)|remember about me|"
    r"forget me|delete (?:me|my)|what have i bought|"
    r"(?:what|which) (?:[\w-]+ ){0,2}?do (?:you think )?i (?:usually |normally |really )?"
    r"(?:like|dislike|hate|prefer|love))\b|"
    r"\b(?:what|how (?:much|well)|anything|everything)\b[^.!?]{0,24}\byou (?:know|knew|have|keep|kept|stored?|saved?|"
    r"remember|remembered|learned|learnt|got|think)\b[^.!?]{0,18}\b(?:me|my (?:taste|preferences|budget|limits?))\b"
    r"(?! (?:a|an|the|some|any|to|under|for)\b)|"
    r"\b(?:do you (?:still )?(?:know|remember)) (?:me\b|my (?:taste|preferences|budget|limits?))(?=\W*$)|"
    r"(?:了解|知道|记得|掌握|记着|记了)我(?:的)?(?:哪些|多少|哪几|几件|一些什么|啥)|对我(?:的)?(?:都)?(?:了解|认识|知道|掌握|记)(?:了|些|多少|什么|啥)*|"
    r"(?:还)?(?:记得|知道|记着)我的?(?:预算|要求|喜好|口味|条件)|"
    r"\bwhat (?:do|did|have|are) you (?:\w+ )?(?:remember(?:ed|ing)?|noted?|kept|keep(?:ing)?|stored?|saved?|written)\b"
    r"(?: down| in mind| so far| now| of me| about me| from me| for me)*\W*$|"
    r"\b(?:do|did) you (?:still )?(?:remember|note) what i (?:said|told)\b|"
    r"^\W*(?:那么?|所以)?(?:你|您)?(?:现在|都|还|到底|刚才|已经)*记(?:住|下|得|录|着)?了?(?:我|些)*(?:什么|啥|哪些(?:东西|内容)?|多少)[了呢啊呀东西]*\W*$|"
    r"我的(?:资料|画像|数据|档案|记录|偏好)|"
    r"(?:了解|知道|记得|记住|记下|记录|保存|记)了?我(?:的|些?(?:什么|啥)|不?(?:喜欢|爱|讨厌)(?:什么|啥|哪))|"
    r"我(?:平时|一般|最|都)*不?(?:喜欢|爱|偏好)(?:的是)?(?:什么|啥|哪[个种些一]*)[^,。!?;是的都]{0,4}(?:你|吗|么|呢|[？?]|$)|"
    r"(?:了解|知道|记(?:得|住|下|录|了)?)(?:我|了)*(?:些|点)?(?:什么|啥).{0,3}(?:关于)?我|忘了我|忘掉我|删除我"
)
_ABOUT_ME = re.compile(r"\b(?:know|remember|have|stored?|saved?|data) (?:\w+ )?(?:about|on) me\b|关于我的")
_OFF_TOPIC = re.compile(
    r"\b(?:weather|president|election|stock market|homework|poem|joke|recipe for|capital of|translate|"
    r"ignore (?:all |the |your )?(?:previous|prior|above)|system prompt|instructions above|"
    r"write (?:me )?(?:a|some) (?:code|essay|story)|football score|who won|what(?:'s| is) the time|what time is it|"
    r"what day is it|what(?:'s| is) \d+\s*[-+*/x×÷]\s*\d+|meaning of life|"
    r"my taxes|lottery numbers)\b|天气|笑话|写一?首|"
    r"写代码|总统|股票|彩票|忽略(?:之前|以上|上面)|系统提示|翻译|作业|讲个|首都|几点了|几点钟|星期几|今天几号|"
    r"几月几号|等于几|等于多少"
)
_GREETING = re.compile(
    r"^\W*(?:那?么?(?:好吧|好的?|行吧?)?\W*)"
    r"(?:no,? thanks?(?: you)?|hi|hello|hey|good (?:morning|afternoon|evening)|thanks?|thank you|cheers|bye|"
    r"goodbye|"
    r"how are you|who are you|what can you do|lol|haha|nice|cool|great|ok|okay|你好|您好|嗨|哈喽|早|"
    r"早上好|晚上好|不用了?谢谢|不用了?|谢谢|多谢|感谢|"
    r"(?:给|太?麻烦)?[你您]?(?:们)?(?:添麻烦|麻烦[你您]们?|打扰[你您]?)了|再见|拜拜|你是谁|你能做什么|哈哈|好的|嗯|在吗)(?:\W|there|"
    r"so much|"
    r"a lot|very much|you|all|again|that's|great|nice|for|your|help|the|good|bye|呀|啊|你|您|了|吗|哦|"
    r"的|各位)*$"
)
_SMALL_TALK = re.compile(
    r"^\W*(?:(?:hi|hey|hello|well|so)\W+)*(?:are you (?:an? )?(?:robot|bot|human|person|real|ai|there|ok|okay|machine)|"
    r"who (?:are|made|built) you|what are you|what's your name|how(?:'s| is) it going|how are (?:you|things)|what's up|"
    r"(?:ha|haha|lol|wow|aww?|oh)*\W*you(?:'re| are) (?:(?:so|very|really|too|quite|just|such a|a) ?)*"
    r"(?:funny|cute|sweet|kind|nice|smart|clever|helpful|charming|adorable|polite|patient|amazing|hilarious)\b"
    r"(?: \w+)?\W*$|"
    r"(?:i'm|i am) (?:bored|tired|fine|good|ok|okay|back|happy|sad|hungry)\W*$|nice to meet you|have a (?:nice|good|"
    r"great)|see you)"
    r"|^\W*(?:(?:你好|您好|嗨|[哈嘿呵哇]+)\W*)*(?:[你您](?:真|太|很|挺|可真|还挺|怎么这么)"
    r"[^,。!?的]{1,5}[的了啊呀哦呢吧]*\W*$|你是(?:谁|什么|机器人|真人|人工|ai)|你叫什么|你好吗|最近怎么样|吃了吗|"
    r"我好?(?:无聊|累|饿)|辛苦了|很高兴认识你)"
)
_ACCEPT = re.compile(
    r"\b(?:i'll (?:take|have|go with|buy|get)|i will take|let's go with|i want (?:it|that one|"
    r"this one)|buy (?:it|this|that|the)|order (?:it|this|that|the)|add (?:it|this|that|the .*) to|"
    r"sounds good|perfect|that works|i'm sold|deal|go with|(?:i )?love it|i like (?:it|that one|"
    r"this one|the (?:first|second|third|last)))\b|就(?:它|这个|这款|那个|第)|就要|我要(?:它|这[个款]|"
    r"那[个款]|第)|买(?:它|这个|这款|第)|下单|要了|不错就|决定了|成交|可以就|加入购物车|就选|选第"
)
_REJECT = re.compile(
    r"\b(?:none of (?:these|those|them)|don't like (?:any|these|those|them|it|that|this)|not (?:these|"
    r"those|what i)|no thanks|not interested|"
    r"not (?:for me|my thing|my style|my cup of tea)|(?:hate|dislike) (?:these|those|them|it|all|any|every)|neither)\b|"
    r"\bnot (?:this|that|it)(?: one)?\W*$|都不(?:喜欢|要|"
    r"行|好|合适|满意)|不(?:喜欢|满意)|(?:^\W*|[这那它些个款]|都|我)(?:我|我们)?(?:都|也)?(?:不感兴趣|没(?:什么|啥)?兴趣|没感觉|不感冒)|不合适|不要[第这那]|不是我想要的|一个都不"
)
_LIKES = re.compile(
    r"(?<!would )(?<!'d )(?<!don't )(?<!not )(?<!didn't )(?<!do )"
    r"\b(?:love|loved|adore|adored|fancy|like|liked|enjoyed)\b(?! to\b)(?!.*\?)"
    r"|\b(?:is|are|was|were|looks?|sounds?|seems?) (?:really |very |so |quite |pretty |absolutely |still |"
    r"actually |the |my |much )*(?:nice|great|lovely|perfect|good|beautiful|gorgeous|cool|amazing|just right|brilliant|"
    r"better|best|nicer|prettier|nicest|favou?rite|awesome|fab|winner|the one)\W*$|\bmy favou?rite\b(?!.*\?)"
    r"|\b(?:wins|rocks|won)\W*$"
    r"|(?:超|好|很|太|真|最|特别|蛮|挺|可)(?:爱|赞|棒|可以|心水|喜爱)(?:了|死|的|啊|呀|哦)*\W*$|爱了"
    r"|(?:还是|觉得|感觉).{0,12}(?<!不)好(?:一?[点些])?(?:了|啊|呀)?\W*$"
    r"|(?<!不)(?:更|最)好(?:看|一?[点些])?(?:了|啊|呀)?\W*$"
    r"|\b(?:that|this|the \w+)(?: one)? (?:then|it is|please)\W*(?:thanks?|thank you)?\W*$"
    r"|(?<![不没])(?:喜欢|中意|心动|看上)(?!.*[吗么?？])"
    r"|(?<!不)(?:不错|挺好|很好|真好|很棒|好看|漂亮|满意)(?:的|啊|呀|哦|呢|诶)?\W*$"
)
"""How people praise an item that they point at."""
_DISLIKES = re.compile(
    r"\b(?:hate|dislike|detest)\b|\b(?:is|are|looks?) (?:really |very |so |too |quite |pretty )*"
    r"(?:ugly|awful|horrible|hideous|terrible)\b|丑|难看|换掉|不好看|讨厌|太土|很土"
    r"|\b(?:replace|swap(?: out)?|change|exchange) (?:the|that|this|number|no)\b(?!.*\?)|换个别的|换一个|换一下|换一款"
)
_DETAILS = re.compile(
    r"\btell me more\b|\bmore (?:about|info\w*|details?)\b|\bdetails\b|详细|细说|介绍(?:一下|下)|多说|具体说|说说"
)
_OTHERS_TASTE = re.compile(r"\b(?:he|she|they)\b[^,.!?;]{0,12}(?:like|hate|satisf)|[他她][^,。!?;]{0,3}不(?:喜欢|满意)")
_MORE = re.compile(
    r"\b(?:more (?:options|like|of|please|choices|suggestions|results)|show me more|(?:any|some|"
    r"what) (?:others?|more)|other (?:options|ones|suggestions)|something (?:else|different)|anything else|"
    r"alternatives?|"
    r"what else|another|next|else do you have|more\W*$)\b|换一批|换一个|换几个|其他的?|其它|别的|"
    r"还有(?:吗|没有|别的|其他|什么|哪些)|再(?:推荐|来|看看|给)|下一批|更多|更多选择"
)
_COMPARE = re.compile(
    r"\b(?:compare|comparison|dif+(?!icul)\w*nces?|versus|vs|which (?:one|of|is|has|are|would|lasts|"
    r"weighs)|better (?:than|one|value)|what's the best of)\b|比较一下|对比|区别|"
    r"哪一?[个款双副台](?!的|品?牌)|比一比|有什么不同|差别"
)
_BUY = re.compile(
    r"\b(?:looking|need|want|find|search|recommend|suggest|show|give|get|buy|gift|something|anything|"
    r"any)\b|找|推荐|想|要|买|送|有没有|来"
)
_THE_ONE = re.compile(
    r"\b(?:just|only|give me|show me)(?: me)? (?:one|a single) (?:good |best )?"
    r"(?:option|choice|suggestion|recommendation|pick|idea|result|item|thing)\b|\bjust one,? please\b|"
    r"\b(?:what|which)(?:'s| is|s) (?:the|your) (?:\w+est|(?:most|least) \w+)\b(?! (?:ones|\w+s\b(?! you)))|"
    r"最[^,。!?;]{1,3}的?(?:那一?[个款双副台件盏瓶]|是哪一?[个款双副台件盏瓶])"
)
_COUNT_BEFORE = re.compile(
    r"(?:\b(?:show|give|recommend|suggest|list|find|pick|top|best|get|send|name)(?:\s+(?:me|"
    r"us))?(?:\s+(?:the|your|just|only|another|top|best|like|about))*|推荐|给我|来|列出?|找|看|挑|"
    r"选)(?:一下|我|出|看看)?\s*$"
)
_COUNT_AFTER = re.compile(
    r"^\s*(?:more\s+|other\s+|good\s+|different\s+)?(?:options?|choices?|suggestions?|results?|"
    r"recommendations?|picks?|ideas?|items|选择|选项|推荐)"
)


_JUST_ONE = re.compile(
    r"[只就仅光](?:要|想要|想|需要?|给我?|推荐|看|选|挑|能选|买|来|列)*[一1]|[一1][个款家双副台件盏瓶]?[^,。!?;]{0,4}(?:就行|就好|就够|即可|足够|足矣)|唯一"
)
"""推荐一个 is an article's one: whoever says it wants to see a few. 只推荐一个, 一个就行 count."""

_EACH = re.compile(r"\beach\b|\bone (?:for|per)\b|[各每][买挑选送来一人个]|分别")
_PRONOUNS = frozenset("他她们家方")
"""Last characters of the words for somebody who was spoken of before."""


def is_greeting(text: str) -> bool:
    """Say whether a folded message only greets, thanks, or passes the time."""
    return bool(_GREETING.match(text.strip()) or _SMALL_TALK.match(text))


def guess_intent(context: Context, drafts: list[Draft], withdrawn: list[str]) -> Intent:
    """Return the likeliest intent of a message."""
    text = context.scene.folded
    if _RESET.search(text) and not _ABOUT_ME.search(text):
        return "reset"
    if _PROFILE.search(text) or (not drafts and recalled(text)):
        return "profile"
    if not drafts and (
        _OFF_TOPIC.search(text)
        or any(is_task(text[c.start : c.end]) for c in context.scene.clauses)
        or (context.asides and not context.referred and _only_asides(context))
    ):
        return "off_topic"
    told = {one.item_id for one in context.feedback}
    if told and not drafts and not context.questions and told >= set(context.referred):
        return "reject"
    if not (drafts or withdrawn) and (context.shown or context.ledger) and none_pleases(text) and "?" not in text:
        return "reject"
    if (
        (context.shown or len(set(context.referred)) > 1)
        and (_COMPARE.search(text) or len(set(context.referred)) > 1)
        and (context.dead_spans or not drafts)
    ):
        return "compare"
    if any(question.degree for question in context.questions) and not drafts:
        return "compare"
    age = context.schema.roles.get("age_rating")
    if any(topics(context)):
        return "refine" if context.ledger or context.shown else "find"
    if context.questions and (not drafts or (context.titles and all(draft.field == age for draft in drafts))):
        return "about"
    if drafts or withdrawn:
        return "refine" if context.ledger or context.shown else "find"
    if is_greeting(text):
        return "chat"
    if context.referred and not context.questions and (said := _of_the_one(text)):
        return said
    if context.shown or context.focus or context.ledger:
        for pattern, intent in ((_REJECT, "reject"), (_MORE, "more"), (_ACCEPT, "accept")):
            if pattern.search(text):
                if intent == "reject" and _OTHERS_TASTE.search(text):
                    continue
                if intent == "accept" and not (context.shown or context.focus):
                    continue
                return intent  # type: ignore[return-value]
    if context.referred:
        return "about"
    return (
        "find"
        if _BUY.search(text) or any(True for _ in context.scene.live()) or len(text.split()) > 1 or len(text) > 3
        else "chat"
    )


def _of_the_one(text: str) -> Intent | None:
    """Return what words want that point at an item and say no more than what one thinks of it."""
    if _DETAILS.search(text):
        return "about"
    if _DISLIKES.search(text):
        return "reject"
    praised = _LIKES.search(text) and not (_REJECT.search(text) or _MORE.search(text) or _OTHERS_TASTE.search(text))
    return "accept" if praised else None


def _only_asides(context: Context) -> bool:
    """Say whether nothing but a claim to repeat, or a price to make, stands in the message."""
    return all(any(start <= c.start < end for start, end in context.asides) for c in context.scene.clauses)


def wanted_count(context: Context) -> int | None:
    """Return how many items the user wants to see ("show me two"), or None."""
    text = context.scene.folded
    if _THE_ONE.search(text):
        return 1
    for figure in context.figures:
        quantity = figure.quantity
        if quantity.op != "==" or quantity.dimension not in (None, "count") or isinstance(quantity.value, list):
            continue
        if (
            (quantity.unit in ("player", "person") and not counts_the_best(context, figure))
            or quantity.value != int(quantity.value)
            or not 1 <= quantity.value <= 20
        ):
            continue
        if quantity.value == 1 and not text[figure.start].isascii() and not _JUST_ONE.search(text):
            continue
        if (
            counts_the_best(context, figure)
            or _COUNT_BEFORE.search(text[: figure.start])
            or _COUNT_AFTER.match(text[figure.end :])
        ):
            return int(quantity.value)
    return _presents_wanted(context)


def _presents_wanted(context: Context) -> int | None:
    """Return of how many persons each gets a present, where several do: "for mom and dad, 100 in all"; else None."""
    if not is_present(context):
        return None
    text = context.scene.folded
    if not (_EACH.search(text) or any(figure.scope == "slate" for figure in context.figures)):
        return None
    who = [one for one in persons(text) if one not in _PRONOUNS]
    return len(who) if len(who) > 1 else None
