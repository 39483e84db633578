"""The words of made-up articles: what they tell of, who is named in them, and how often.

Running text is cut from the sample portals' and the formulae's own sentences, so that syllables come about
as often as in such news (the commonest in nearly every article, the hundredth in half of them, the thousandth
in one of 15); a quarter of it is words of two syllables at random, some 60,000 by Zipf's law, which make the
rare ones. What is named (people, places, documents) follows the same law.
"""

from __future__ import annotations

import json
import random
import re
from functools import cache
from itertools import accumulate

from benchmarks.relevance_corpus import PARTS
from benchmarks.reprints import formulae
from crawler.sample_portals.articles import load
from crawler.sample_portals.sites import SITES
from pipelines.lexicon import load_data

_SYLLABLE = re.compile(r"[^\W\d_]+")
_FIRST = "b c ch d đ g h k kh l m n ng nh ph qu r s t th tr v x"
_REST = (
    "a à á ả ạ ai ái an án ang áng anh ao áo ăn âm ập ất âu e é em ê ế ên ênh i ì ia in iên iêu iệt o ó "
    "oa oan oạt ong ô ồ ố ộ ôi ông ơ ở ơn u ú ui un ung uôn ươi ương ước ư ừ ứ ưng"
)
_CHUNKS = 40_000  # of running text
_RARE = 60_000  # words of two syllables
_DRAWN = 200_000  # places in a pool: what is frequent has many of them
_PARTY_ISSUERS = ("TU", "TW", "ĐU", "ĐUK", "HU", "BTGTU", "UBKTTU")
_ISSUERS = (*_PARTY_ISSUERS, "UBND", "STTTT", "SNV", "HĐND")
_SLOT = re.compile(r"\{\w*\}")
_ZIPF = 30  # ranks by which the law's steep beginning is cut off

_GIVEN = (
    "An Anh Bình Chi Dũng Đức Giang Hà Hải Hạnh Hiền Hoa Hòa Hùng Hương Khánh Lan Linh Long Mai Minh Nam Nga "
    "Ngọc Nhung Oanh Phong Phúc Phương Quân Quang Sơn Tâm Thảo Thành Thắng Thu Thủy Tiến Toàn Trang Trung Tú "
    "Tuấn Tùng Vân Việt Vinh Xuân Yến"
)

SIGNS = {
    "CT": "Chỉ thị", "NQ": "Nghị quyết", "KH": "Kế hoạch", "CV": "Công văn", "TB": "Thông báo",
    "HD": "Hướng dẫn", "QĐ": "Quyết định", "BC": "Báo cáo", "KL": "Kết luận",
}  # fmt: skip
DEPARTMENTS = (
    "Nội vụ", "Tài chính", "Y tế", "Xây dựng", "Tư pháp", "Công Thương", "Giáo dục và Đào tạo",
    "Thông tin và Truyền thông", "Khoa học và Công nghệ", "Văn hóa, Thể thao và Du lịch",
    "Nông nghiệp và Phát triển nông thôn", "Tài nguyên và Môi trường", "Giao thông vận tải",
)  # fmt: skip
OFFICES = (
    "Bí thư", "Phó Bí thư", "Phó Bí thư Thường trực", "Chủ tịch", "Phó Chủ tịch", "Giám đốc", "Phó Giám đốc",
    "Trưởng phòng", "Chánh Văn phòng", "Ủy viên Ban Thường vụ",
)  # fmt: skip


class Words:
    """Pools to draw from, each value as often as it shall come; the same for a seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        own = _own_text()
        syllables = list(dict.fromkeys(word.lower() for text in own for word in _SYLLABLE.findall(text)))
        syllables += sorted(
            {first + rest for first in _FIRST.split() for rest in _REST.split()} - set(syllables)
        )
        self.rare = list(
            dict.fromkeys(
                f"{self._chance.choice(syllables)} {self._chance.choice(syllables)}" for _ in range(_RARE)
            )
        )
        self.rare_pool = self._zipf(self.rare)
        self.text_pool = self._chance.choices([c for text in own for c in self._chunks(text)], k=_CHUNKS)
        self.text_pool += self._chance.choices(self.rare_pool, k=_CHUNKS // 3)
        self._chance.shuffle(self.text_pool)
        self.communes = [" ".join(word.capitalize() for word in pair.split()) for pair in self.rare[:3000]]
        self.commune_pool = self._zipf(self.communes)
        self.people = list(dict.fromkeys(self._person() for _ in range(30_000)))
        self.person_pool = self._zipf(self.people)
        self.organisations = list(dict.fromkeys(self._organisation() for _ in range(6000)))
        self.organisation_pool = self._zipf(self.organisations)
        numbers = (self._document() for _ in range(20_000))
        self.documents = list(dict.fromkeys(["05-CT/TW", "12-NQ/TW", "21-KL/TW", *numbers]))
        self.document_pool = self._zipf(self.documents)

    def _zipf(self, values: list[str]) -> list[str]:
        weights = list(accumulate(1 / (rank + _ZIPF) for rank in range(len(values))))
        return self._chance.choices(values, cum_weights=weights, k=_DRAWN)

    def _chunks(self, text: str) -> list[str]:
        words, chunks = [word.lower() for word in _SYLLABLE.findall(text)], []
        while words:
            size = self._chance.randint(2, 4)
            chunks.append(" ".join(words[:size]))
            del words[:size]
        return chunks

    def _person(self) -> str:
        names = load_data("names.json")
        family = names["family"][int(len(names["family"]) * self._chance.random() ** 3)]
        middle = self._chance.choices(
            ("Văn", "Thị", "Hữu", "Đình", *_GIVEN.split()), k=self._chance.randint(1, 2)
        )
        return " ".join([family.capitalize(), *middle, self._chance.choice(_GIVEN.split())])

    def _organisation(self) -> str:
        head = self._chance.choice(
            ["Đảng bộ", "Đảng ủy", "Chi bộ", "Công đoàn", "Đoàn Thanh niên", "Ủy ban Kiểm tra"]
        )
        if self._chance.random() < 0.3:
            return f"{head} Sở {self._chance.choice(DEPARTMENTS)}"
        return f"{head} {self._chance.choice(['xã', 'phường', 'huyện'])} {self._chance.choice(self.communes)}"

    def _document(self) -> str:
        number = 1 + int(900 * self._chance.random() ** 2)
        sign, issuer = self._chance.choice(list(SIGNS)), self._chance.choice(_ISSUERS)
        if issuer in _PARTY_ISSUERS:
            return f"{number:02}-{sign}/{issuer}"
        return f"{number:02}/{sign}-{issuer}"


@cache
def words(seed: int) -> Words:
    """Return the pools of a seed."""
    return Words(seed)


@cache
def phrases() -> dict[str, list[str]]:
    """Return kind of activity → the set phrases that name it."""
    found: dict[str, list[str]] = {}
    for group in load_data("party.json")["groups"]:
        for family in group["families"]:
            for kind in family.get("kinds", ()):
                found.setdefault(kind, []).extend(family["terms"])
    return found


def _own_text() -> list[str]:
    parts = formulae()
    stories = json.loads(PARTS.read_text("utf-8"))["stories"]
    texts = [
        *parts["sentences"],
        *parts["leads"],
        *(line for story in stories for line in story["sentences"]),
    ]
    for host in SITES:
        for article in load(host):
            texts += [article.headline, article.lead or "", *article.paragraphs]
    return [_SLOT.sub(" ", text) for text in texts]
