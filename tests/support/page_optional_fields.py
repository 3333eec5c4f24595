"""A survey with everything that few surveys use, and the sounds and pictures that it needs: for tests of the page's rarer fields."""

import base64
import io
import math
import struct
import wave
import zlib
from typing import Any

from schemas.survey import Survey, load_survey


def _both(vi: str, en: str = "") -> dict[str, str]:
    return {"vi": vi, "en": en or f"{vi} (en)"}


def _choices(*named: tuple[str, str], **more: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"name": name, "label": _both(label), **more.get(name, {})} for name, label in named]


def beep(seconds: float = 8.0, pitch: float = 440.0) -> str:
    """A quiet tone as a data URI; longer than any test listens."""
    rate = 8000
    samples = b"".join(
        struct.pack("<B", 128 + int(20 * math.sin(2 * math.pi * pitch * n / rate))) for n in range(int(rate * seconds))
    )
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(rate)
        sound.writeframes(samples)
    return "data:audio/wav;base64," + base64.b64encode(file.getvalue()).decode()


def picture(red: int, green: int, blue: int, width: int = 160, height: int = 96) -> str:
    """One plain colour as a data URI."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes((red, green, blue)) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(data).decode()


MEDIA = {
    "hours.wav": beep(),
    "hint.wav": beep(pitch=330),
    "wrong.wav": beep(pitch=220),
    "bus.wav": beep(pitch=550),
    "canteen.png": picture(60, 120, 110),
    "bus.png": picture(190, 110, 60),
    "bike.png": picture(90, 90, 150),
}

LISTS = {
    "yes_no": _choices(("yes", "Có"), ("no", "Không")),
    "provinces": _choices(("hung_yen", "Hưng Yên"), ("quang_ninh", "Quảng Ninh")),
    "zones": _choices(
        ("pho_noi", "Khu công nghiệp Phố Nối"),
        ("thang_long", "Khu công nghiệp Thăng Long II"),
        ("cai_lan", "Khu công nghiệp Cái Lân"),
        pho_noi={"columns": {"province": "hung_yen"}},
        thang_long={"columns": {"province": "hung_yen"}},
        cai_lan={"columns": {"province": "quang_ninh"}},
    ),
    "shifts": _choices(("day", "Ca ngày"), ("night", "Ca đêm"), ("turns", "Đổi ca")),
    "ways": _choices(
        ("bus", "Xe đưa đón"),
        ("bike", "Xe đạp"),
        ("other", "Cách khác"),
        bus={"audio": "bus.wav", "image": "bus.png"},
        bike={"image": "bike.png"},
        other={"other": True},
    ),
    "wishes": _choices(
        ("pay", "Lương đủ sống"),
        ("hours", "Giờ làm hợp lý, ít tăng ca"),
        ("nursery", "Nhà trẻ gần nơi làm việc"),
        ("safety", "An toàn và sạch sẽ"),
        ("respect", "Được tôn trọng"),
    ),
    "gate": _choices(
        ("enter", "Vào phần này"), ("skip", "Bỏ qua phần này, làm phần sau"), ("end", "Dừng ở đây và gửi phiếu")
    ),
    "months": _choices(("m4", "4 tháng"), ("m6", "6 tháng"), ("m7", "7 tháng")),
}


def _ask(kind: str, name: str, label: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "name": name, "label": _both(label), **more}


TOO_LONG = "làm hơn 16 giờ mỗi ngày có đúng không?"


def _about() -> dict[str, Any]:
    return {
        "name": "about",
        "title": _both("Về Anh/Chị"),
        "questions": [
            _ask("date", "born", "Anh/Chị sinh năm nào?", appearance="year"),
            _ask("date", "began", "Anh/Chị vào làm ở đây từ tháng nào?", appearance="month-year"),
            _ask(
                "decimal",
                "hours",
                "Mỗi ngày Anh/Chị làm mấy giờ?",
                range={"start": 0, "end": 24},
                constraint=". <= 16",
                constraint_message=_both("Anh/Chị sinh năm ${born}: " + TOO_LONG),
                hint=_both("Tính cả giờ tăng ca"),
                audio="hours.wav",
                image="canteen.png",
                hint_audio="hint.wav",
                constraint_audio="wrong.wav",
            ),
            _ask("select_one", "province", "Anh/Chị làm ở tỉnh nào?", list="provinces", appearance="minimal"),
            _ask(
                "select_one",
                "zone",
                "Khu công nghiệp nào ở ${province}?",
                list="zones",
                choice_filter="province = ${province}",
                relevant="${province} != ''",
            ),
            _ask("select_one", "shift", "Anh/Chị làm ca nào?", list="shifts", appearance="horizontal"),
            _ask("select_one", "way", "Anh/Chị đi làm bằng gì?", list="ways"),
            _ask("rank", "wishes", "Điều gì quan trọng nhất với Anh/Chị?", list="wishes"),
            _ask("note", "so_far", "Anh/Chị sinh năm ${born}, làm ${hours} giờ mỗi ngày, đi bằng ${way}."),
        ],
    }


def full_survey(**changes: Any) -> Survey:
    """One of everything that the other small survey has not."""
    return load_survey(
        {
            "id": "phieu_day_du",
            "version": 1,
            "kind": "quiz",
            "title": _both("Phiếu có đủ kiểu câu hỏi"),
            "languages": ["vi", "en"],
            "consent": _both("Tham gia là tự nguyện."),
            "support": [{"label": _both("Cấp cứu"), "phone": "115"}],
            "show_answers": True,
            "media": MEDIA,
            "choice_lists": LISTS,
            "sections": [
                _about(),
                {
                    "name": "door",
                    "questions": [
                        _ask(
                            "select_one",
                            "door_open",
                            "Phần tiếp theo hỏi về quấy rối ở nơi làm việc. Anh/Chị muốn thế nào?",
                            list="gate",
                            appearance="gate",
                        )
                    ],
                },
                {
                    "name": "private",
                    "title": _both("Chuyện riêng"),
                    "sensitive": True,
                    "relevant": "${door_open} = 'enter'",
                    "questions": [
                        _ask("select_one", "seen", "Anh/Chị có thấy chuyện không hay?", list="yes_no"),
                        _ask(
                            "select_one",
                            "told",
                            "Anh/Chị có kể với ai?",
                            list="yes_no",
                            relevant="${seen} = 'yes'",
                        ),
                    ],
                },
                {
                    "name": "law",
                    "title": _both("Luật"),
                    "questions": [
                        _ask(
                            "select_one",
                            "leave",
                            "Lao động nữ được nghỉ thai sản mấy tháng?",
                            list="months",
                            correct=[{"choice": "m4", "until": "2013-04-30"}, {"choice": "m6", "from": "2013-05-01"}],
                            explain=_both("Từ ngày 1/5/2013 là sáu tháng."),
                        )
                    ],
                },
            ],
            **changes,
        }
    )


def asking(*names: str) -> Survey:
    """A survey of these questions of the larger one only."""
    about = _about()
    if "born" not in names:
        next(one for one in about["questions"] if one["name"] == "hours")["constraint_message"] = _both(TOO_LONG)
    return load_survey(
        {
            "id": "phieu_ngan",
            "version": 1,
            "kind": "survey",
            "title": _both("Phiếu ngắn"),
            "languages": ["vi", "en"],
            "consent": _both("Tham gia là tự nguyện."),
            "media": MEDIA,
            "choice_lists": LISTS,
            "sections": [{**about, "questions": [one for one in about["questions"] if one["name"] in names]}],
        }
    )


def unit_form() -> Survey:
    """A form about a unit, which may ask for a whole day."""
    return load_survey(
        {
            "id": "bieu_mau",
            "version": 1,
            "kind": "unit_form",
            "title": _both("Biểu mẫu của đơn vị"),
            "languages": ["vi", "en"],
            "sections": [{"name": "unit", "questions": [_ask("date", "founded", "Công đoàn cơ sở lập ngày nào?")]}],
        }
    )
