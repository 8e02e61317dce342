"""What is found in free text, and what only looks like it: one case for each form, in both languages."""

from __future__ import annotations

from itertools import pairwise

import pytest

from shortlist_tools.masking import Personal, find_personal


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in find_personal(text)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("write to Jane.Doe+shop@mail.example.co.uk.", "email", "Jane.Doe+shop@mail.example.co.uk"),
        ("我的邮箱wang_w＠example.com,谢谢", "email", "wang_w＠example.com"),
        ("it is jo at mail dot org", "email", "jo at mail dot org"),
        ("我电话13900001111你打给我", "phone", "13900001111"),
        ("打１３９００００１１１１找我", "phone", "１３９００００１１１１"),
        ("call (212) 555-0143 x12", "phone", "(212) 555-0143 x12"),
        ("on +44 20 7946 0958", "phone", "+44 20 7946 0958"),
        ("my number is 5035550142", "phone", "5035550142"),
        ("座机010-62345678", "phone", "010-62345678"),
        ("打一三九零零零零一一一一给我", "phone", "一三九零零零零一一一一"),
        ("身份证110105199003071239", "identity", "110105199003071239"),
        ("SSN 078-05-1120", "identity", "078-05-1120"),
        ("passport number is X12345678", "identity", "X12345678"),
        ("车牌京A12345来取", "identity", "京A12345"),
        ("pay with 4532 0151 1283 0366", "card", "4532 0151 1283 0366"),
        ("the visa ending in 4242", "card", "4242"),
        ("尾号6789的信用卡", "card", "6789"),
        ("IBAN DE89 3704 0044 0532 0130 00", "account", "DE89 3704 0044 0532 0130 00"),
        ("QQ123456789加我", "account", "123456789"),
        ("加微信sunny_lee88", "account", "sunny_lee88"),
        ("to 742 Evergreen Terrace, Reno, NV 89501", "address", "742 Evergreen Terrace, Reno, NV 89501"),
        ("i live at 23 elm st", "address", "23 elm st"),
        ("to Hauptstraße 12, 10115 Berlin", "address", "Hauptstraße 12"),
        ("送到上海市静安区南京西路1266号", "address", "上海市静安区南京西路1266号"),
        ("我住阳光花园3栋2单元801", "address", "阳光花园3栋2单元801"),
        ("I'm Dave", "name", "Dave"),
        ("my husband Tomás is tall", "name", "Tomás"),
        ("my name's bartholomew", "name", "bartholomew"),
        ("我叫王晓明,想买包", "name", "王晓明"),
        ("女儿陈思彤生日", "name", "陈思彤"),
        ("张先生推荐的", "name", "张"),
        ("同事Kevin也买了", "name", "Kevin"),
        ("mail jo dot kell at lane dot co dot uk", "email", "jo dot kell at lane dot co dot uk"),
        ("座机021-5550 4410转806", "phone", "021-5550 4410转806"),
        ("our 9175550143 line", "phone", "9175550143"),
        ("reg KX19 VTB, grey", "identity", "KX19 VTB"),
        ("老证号440106720518031", "identity", "440106720518031"),
        ("3 digits on the back 092", "card", "092"),
        ("我微博@困困的山竹酱", "account", "@困困的山竹酱"),
        ("送去九龍旺角彌安道128號", "address", "九龍旺角彌安道128號"),
        ("Blk 512 Serangoon Ave 9 #08-114, Singapore 550512", "address", "Blk 512 Serangoon Ave 9 #08-114, Singapore"),
        ("6 Willow Mead, Totnes TQ9 5RT", "address", "6 Willow Mead, Totnes TQ9 5RT"),
        ("call me Tibor, please", "name", "Tibor"),
        ("name lou garrick email l@example.com", "name", "lou garrick"),
        ("李哥你好", "name", "李哥"),
        ("我是阿依古丽·买买提", "name", "阿依古丽·买买提"),
        ("for Wrenna, she turns 30", "name", "Wrenna"),
        ("could Anouk exchange it", "name", "Anouk"),
        ("last time it was Beatrix", "name", "Beatrix"),
        ("put it under Van der Berg please", "name", "Van der Berg"),
        ("im deepali, i called earlier", "name", "deepali"),
        ("my boss mohammed al-sayed likes coffee", "name", "mohammed al-sayed"),
        ("customer name WANJIKU KAMAU", "name", "WANJIKU KAMAU"),
        ("不是我签的,是章雯签收的", "name", "章雯"),
        ("帮娟子看看跑鞋", "name", "娟子"),
        ("我家糯糯今年三岁", "name", "糯糯"),
        ("客户姓殷", "name", "殷"),
        ("posted as @theo.bakes", "account", "@theo.bakes"),
        ("add nightowl#4821 please", "account", "nightowl#4821"),
        ("mail me at S.ABERNATHY@ICLOUD.COM", "email", "S.ABERNATHY@ICLOUD.COM"),
        ("电话壹叁玖零零伍伍壹贰叁肆", "phone", "壹叁玖零零伍伍壹贰叁肆"),
    ],
)  # fmt: skip
def test_each_form_is_found_whole(text: str, kind: str, words: str) -> None:
    inside = [(one, said) for one, said in found(text) if one == kind]
    assert len(inside) == 1
    assert words in inside[0][1] or inside[0][1].startswith(words)


@pytest.mark.parametrize(
    "text",
    [
        "Is the WH-1000XM5 under $300?",
        "order number 13800138000 please",
        "订单号4532015112830366到哪了",
        "型号13812345678A的配件",
        "between 1,200 and 1,500 dollars, size 42",
        "born on 1990-03-07, at 10:30",
        "any Jane Austen box sets or Taylor Swift vinyl?",
        "a Kate Spade bag like Michael Jordan wore",
        "shopping on Fifth Avenue in San Francisco",
        "I'm Canadian and I am Really Tired",
        "Is Dr. Martens true to size?",
        "高中生用的台灯,周末送到,马上要用",
        "王者荣耀联名,周杰伦的新专辑,刘德华主演",
        "石家庄能送吗,南京西路附近的店",
        "我是学生,老板说太贵了,女儿喜欢红色",
        "我不知道6号能不能到",
        "NEC GT60LP projector lamp 275 W",
        "HP RD069AA graphics card, 16x DVD-ROM Drive",
        "telegram is better, whatsapp is fine",
        "it's called Train to Busan (2016), with Simon Pegg",
        "谢谢老师,康师傅红烧牛肉面24包",
        "杜莎夫人蜡像馆的地址",
        "anything from Ben & Jerry's or Le Creuset?",
        "compare Garmin Forerunner 265 and Coros Pace 3",
        "do you deliver to Austin Texas, or to Florence and Vienna",
        "does it talk to Alexa, and is St Patrick's Day a holiday",
        "follow the official account @nike",
        "和朋友露营用的灯,给孩子买个书包",
        "小巧的双肩包,金镯子,丰巢自提",
    ],
)
def test_what_only_looks_personal_is_left(text: str) -> None:
    assert found(text) == []


def test_what_the_catalog_knows_is_no_name() -> None:
    text = "my friend Annabel said so"
    assert [one.kind for one in find_personal(text)] == ["name"]
    assert find_personal(text, known=lambda words: words == "Annabel") == []


def test_names_that_stand_in_a_list_are_found_with_the_first() -> None:
    assert [words for _, words in found("my friends Hyejin, Wrenna and Tolva are coming")] == [
        "Hyejin",
        "Wrenna",
        "Tolva",
    ]
    assert [words for _, words in found("张伟和李娜娜的快递")] == ["张伟", "李娜娜"]


def test_a_further_number_beside_a_phone_is_one() -> None:
    assert [words for _, words in found("no answer on +65 8123 4907? try 6555 0182")] == ["+65 8123 4907", "6555 0182"]
    assert [words for _, words in found("no answer on +65 8123 4907? order 6555 0182")] == ["+65 8123 4907"]


def test_stretches_are_in_order_and_apart() -> None:
    text = "李雷，13812345678，南京市鼓楼区中山路18号, l.l@example.com, my card is 4111 1111 1111 1111"
    spans = find_personal(text)
    assert [one.kind for one in spans] == ["name", "phone", "address", "email", "card"]
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(isinstance(one, Personal) for one in spans)


def test_a_name_is_found_wherever_it_stands_again() -> None:
    text = "I'm Wilhelmina Hart. Ask Hart or Wilhelmina. 我叫王晓明,写王晓明"
    assert [words for _, words in found(text)] == [
        "Wilhelmina Hart", "Hart", "Wilhelmina", "王晓明", "王晓明",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["我叫咖喱", "小名叫豌豆", "姓名:卡其", "我儿子叫蜻蜓"])
def test_an_unusual_name_that_ends_the_text_is_found(text: str) -> None:
    assert text[-2:] in "".join(words for _, words in found(text))


@pytest.mark.parametrize("text", ["最小的客人八岁，都得能玩", "一只猫咪用的窝", "爱吃草莓酱的小孩能用吗"])
def test_words_that_could_be_a_nickname_are_left_where_no_network_is_named(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "带客户转转", "想陪妈妈走走", "朋友家宝宝满月送什么", "几个老朋友安安静静地喝点", "给岳父岳母买点礼物",
        "北京金霖酒店的地址是?", "要去名叫童话树屋的景点", "从花家怡园(四合院总店)出发", "单程通勤一个半小时",
        "weight up to 1500 g", "上市时间2025年5月16日之后", "fits under an airplane seat",
        "avoid left_over: that is no prose",
    ],
)  # fmt: skip
def test_words_and_places_that_look_like_somebody_are_left(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("女儿悠悠想要", "悠悠"), ("我女儿叫朵朵", "朵朵"), ("欧阳女士让我来问", "欧阳"),
        ("取件码发给乌兰好了", "乌兰"), ("帮娟子看看", "娟子"),
    ],
)  # fmt: skip
def test_a_word_of_the_dictionary_is_a_name_where_one_is_told(text: str, words: str) -> None:
    assert [said for _, said in found(text)] == [words]
