"""Vietnamese typed for fonts of the 1990s: TCVN3 (ABC) and VNI, in which letters sit where others belong.

Such text is pasted from old documents; a reader without the font sees "§¹i héi ®¶ng bé" or "Ñaïi hoäi".
It is recognised by how often its letters stand inside words of a text that has no real Vietnamese letter.

Sources: TCVN 5712:1993 (VN3) and the VNI-Windows table as published by VNI Software.
"""

from __future__ import annotations

import re

_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
_TCVN3_WORD = re.compile("(?:[A-Za-z\\s][\xad®¬µ¶·¸¹§](?=[a-zµ-þ\\s])|[\xad®¬µ¶·¸¹][a-z])")
_VNI_PAIRS = {
    "a": "ùá øà ûả õã ïạ êă éắ èằ úẳ üẵ ëặ ââ áấ àầ åẩ ãẫ äậ",
    "e": "ùé øè ûẻ õẽ ïẹ âê áế àề åể ãễ äệ",
    "o": "ùó øò ûỏ õõ ïọ âô áố àồ åổ ãỗ äộ",
    "ô": "ùớ øờ ûở õỡ ïợ",
    "u": "ùú øù ûủ õũ ïụ",
    "ö": "ùứ øừ ûử õữ ïự",
    "y": "ùý øỳ ûỷ õỹ",
}
_VNI = {base + pair[0]: pair[1] for base, pairs in _VNI_PAIRS.items() for pair in pairs.split()}
_VNI |= {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI |= {key.upper(): value.upper() for key, value in _VNI.items()}
_VNI |= {
    key[0].upper() + key[1:]: value.upper() for key, value in _VNI.items() if len(key) == 2 and key.islower()
}
_VNI_LETTER = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))
_VNI_WORD = re.compile(
    "[aeouyAEOUY][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË](?![aeo]\\b)|[ñÑ][aeiouöô]|[öô][ùøûõïÙØÛÕÏ]"
)
_ASCII = bytes(range(0x80))
_FOREIGN = re.compile("[®¬¶·¸¹§\xad\xb5\xc0-\xff]|[^\\W\\d_\x00-\x7f]")
_FEWEST = 30  # such letters: a page with fewer is left as it is


def read_legacy_letters(text: str) -> str | None:
    """Return the text in Unicode where it is typed for such a font, else None.

    `text` must hold no letter of Unicode's Vietnamese block: a page does not mix the two.
    """
    foreign = len(_FOREIGN.findall(text.encode().translate(None, _ASCII).decode("utf-8", "replace")))
    if foreign < _FEWEST:
        return None
    if len(_TCVN3_WORD.findall(text)) * 4 >= foreign:
        return text.translate(_TCVN3)
    if len(_VNI_WORD.findall(text)) * 3 >= foreign * 2:
        return _VNI_LETTER.sub(lambda found: _VNI[found.group()], text)
    return None
