"""The words that ask who somebody is, in Vietnamese and English: few false alarms, and no way round by leaving accents out.

Vietnamese is read with its accents where they are written ("thẻ" is no "thể") and without where a whole sentence has none.
"""

import re
import unicodedata

from schemas.texts import folded, nfc

_PERSON = (
    r"(anh|chị|bạn|quý vị|người trả lời|người viết|người khai|người lao động|công nhân|nhân viên|đoàn viên|"
    r"ông|bà|cô|em|mình|đồng chí)"
)
_OFFICE = (
    r"(?!,? (của |cho |từ |nào |thuộc )?(đường dây|tổng đài|hotline|công đoàn|công ty|trạm|cơ quan|phòng|"
    r"ban (nữ công|chấp hành|giám đốc)|ủy ban|hội|trung tâm|bệnh viện|"
    r"công an|nơi|nhà máy|doanh nghiệp|khẩn cấp|hỗ trợ|tư vấn|góp ý|nào|of (the|a|an|your) (hotline|helpline|"
    r"union|company|police|clinic|office)|"
    r"(of|for) (help|support|advice|emergencies)))"
)
# Asked for wherever it stands.
_OUTRIGHT = re.compile(
    r"\b("
    rf"họ,? (và |hoặc |& )?tên|tên (đầy đủ|thật|riêng|khai sinh|thường gọi)|tên (của |gọi của )?{_PERSON}|quý danh|"
    rf"{_PERSON} tên (là )?gì|"
    r"(?<!ngại )(ghi|viết|điền|nhập|để lại|khai|cho biết) (rõ )?tên( mình)?(?= *($|[,/(]))|chữ k[ýí] (của )?"
    rf"{_PERSON}|(xin|mời|vui lòng|hãy|đề nghị) (anh/chị )?k[ýí] tên|k[ýí] tên (ở|tại|vào) (đây|dưới|ô)|"
    rf"(số (máy|điện thoại|di động)|sđt|sdt|s\.đ\.t|điện thoại (di động|cá nhân|liên hệ|liên lạc)){_OFFICE}|"
    rf"số (liên lạc|liên hệ)|"
    rf"số zalo|(nick|tài khoản|id|tên|link) (zalo|facebook|viber|tiktok|mạng xã hội){_OFFICE}|(zalo|facebook|viber|"
    r"email|e-mail) (cá nhân|của (anh|chị|bạn))|"
    rf"(địa chỉ|hòm) (e-?mail|thư điện tử){_OFFICE}|số (thẻ )?(căn cước|cccd|cmnd|cmt|chứng minh|hộ chiếu|"
    rf"định danh|bhxh|bhyt|bảo hiểm xã hội|bảo hiểm y tế)|"
    r"(mã|số) định danh|mã số thuế|mã (số )?(nhân viên|công nhân|cán bộ|người lao động|đoàn viên|thẻ|chấm công|"
    r"bhxh|nv)|msnv|"
    r"số (hiệu )?(thẻ|nhân viên|công nhân)(?! (phạt|vàng|đỏ|được|đã|nam|nữ|trong|của (công ty|tổ|đơn vị)))|"
    r"số hiệu (công nhân|nhân viên)|số báo danh|số sổ (bảo hiểm|bhxh|hộ khẩu)|"
    r"số tài khoản|số stk|tài khoản ngân hàng|(số )?ví (điện tử|momo)|"
    r"ngày sinh(?! hoạt| con)|ngày[,/]? ?tháng[,/]?( và)? ?năm sinh|sinh ngày (nào|mấy|tháng)|"
    r"sinh nhật (của )?(anh|chị|bạn)|"
    rf"địa chỉ (nhà|riêng|nơi ở|chỗ ở|thường trú|tạm trú|liên hệ|liên lạc|cư trú|hiện (tại|nay)|(của )?{_PERSON})|"
    rf"số nhà|số phòng (trọ|ở)|"
    r"hộ khẩu thường trú|(nơi|chỗ) ở hiện (tại|nay)|biển (số|kiểm soát)(?! (nhà|phòng))|"
    r"(your|full|first|last|family|maiden|given) names?|surname|name and surname|who are you|"
    r"(your|personal|home|private) (e-?mail|phone|telephone|mobile|zalo|facebook|whatsapp|address|signature|"
    r"fingerprints?|id|birthday|bank account)|"
    rf"((tele)?phone|mobile|cell|whatsapp|zalo|contact) number{_OFFICE}|zalo (id|account)|e-?mail address{_OFFICE}|"
    rf"(home|residential|street|postal) address|house number|"
    r"(id|identity|identification|national id|citizen id)( card)? (number|no|code)|(identity|identification|"
    r"national id|citizen id) card|passport( number)?|"
    r"date of birth|birth ?date|(day|month) (and|of) (month|day|your birth)|"
    r"(employee|staff|worker|badge|payroll|membership|union|personnel)( card)? (number|id|code|no)(?! of)|(tax|"
    r"social (security|insurance)|health insurance|insurance|account|card) "
    r"(number|code|id)|bank account|licen[cs]e plate|(plate|vehicle registration) number|sign (your name|here|"
    r"below)|user ?name|login name|ip address|"
    r"số đt|đt liên hệ|cmtnd|(số )?giấy tờ tùy thân|stk ngân hàng|gmail của|thông tin (liên lạc|liên hệ|"
    r"cá nhân)( của (anh|chị|bạn))?(?=\W*$)|"
    r"tên (người|quản lý|sếp|tổ trưởng|cấp trên|đồng nghiệp)|tên (và|,|\+|hoặc) (tổ|bộ phận|phòng|ca)|"
    r"contact (details|information)|(can|may|could|should) we (reach|call|contact) you|mobile no|"
    r"names? of (the )?(colleague|co-?worker|person|people|manager|those|your)\w*|"
    r"reg(istration)?\.? number of your|tên (của )?(vợ|chồng|cha|mẹ|bố mẹ)|"
    r"(parents?|mother|father|husband|wife|spouse|child|children|partner)(['’]s?|s['’]?)? names?|t(ọa|oạ) độ|gps|coordinates of|"
    r"(machine|locker|seat) (number|no\b)|(vị trí )?máy số mấy|(what|which) street (do|did|are) you|how are you called"
    r")\b"
)
# Named in passing too, so it counts only where it is all that the text says, or right after "please write".
_IN_PASSING = (
    r"(họ|tên|ký tên|kí tên|chữ ký|chữ kí|vân tay|khuôn mặt|ảnh chân dung|địa chỉ|e-?mail|thư điện tử|zalo|"
    r"facebook|viber|điện thoại|đt|liên hệ|căn cước( công dân)?|cccd|cmnd|cmt|"
    r"chứng minh (thư|nhân dân)|hộ chiếu|sinh nhật|quê quán|danh tính|biệt danh|bí danh|tài khoản|stk|"
    r"names?|signature|fingerprints?|address|phone|telephone|tel|dob|contact|mobile|birthday|nickname|identity|id)"
)
_ALONE = re.compile(
    rf"\W*((số|mã|your|của|the|my) )*{_IN_PASSING}( (của )?(anh|chị|anh/chị|bạn|mình|cá nhân|liên hệ|"
    rf"liên lạc))?( là gì)?\W*"
)
_BID = re.compile(
    r"\b(?<!ngại )(ghi|viết|điền|nhập|cho biết|cung cấp|để lại|khai|write|enter|give|leave|provide|tell us|"
    r"state)( lại| rõ|"
    rf" down| in)?( (your|the|số|mã))* "
    rf"{_IN_PASSING}(?= *($|[,/()]| (của )?(anh|chị|bạn|mình|để|nếu|vào|và|hoặc|and|or|so|if|here|below|to)\b))"
)
_PLAIN = {
    # Letter by letter: \W must not become \w.
    pattern: re.compile("".join(letter if letter.isascii() else folded(letter) for letter in pattern.pattern))
    for pattern in (_OUTRIGHT, _ALONE, _BID)
}
_ADVICE = re.compile(
    r"\b((không|đừng|chớ|chưa)(?! (ngại|bắt buộc|phiền|lo|sợ|sao|quên|có gì))|tránh|bỏ qua|"
    r"(do not|don'?t|never|no|not)(?! (hesitate|mind|worry|forget|matter))|leave out|omit|nobody|no one|none|"
    r"without|avoid)\b"
)


def asks_who(text: str) -> str | None:
    """The words with which the text asks for something that identifies; None if it does not, or asks to leave it out."""
    visible = "".join(letter for letter in nfc(text) if unicodedata.category(letter) != "Cf").casefold()
    for sentence in re.split(r"[!?;:\n]|\.(?=\s|$)", visible):
        said = " ".join(sentence.split())
        accented = folded(said) != said
        for pattern in (_OUTRIGHT, _ALONE, _BID):
            found = (
                (pattern if accented else _PLAIN[pattern]).search(said)
                if pattern is not _ALONE
                else _alone(said, accented)
            )
            # With its accents: "đừng" (do not) is not "dùng" (use), nor "chớ" (do not) "cho" (give).
            if found and not _ADVICE.search(said[: found.start()]):
                return found[0].strip()
    return None


def _alone(said: str, accented: bool) -> re.Match[str] | None:
    """The sentence, or what it says outside brackets, is nothing but that."""
    return (_ALONE if accented else _PLAIN[_ALONE]).fullmatch(re.sub(r"\([^()]*\)", "", said))
