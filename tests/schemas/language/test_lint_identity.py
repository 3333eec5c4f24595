"""Whatever asks who somebody is gets refused where it could be written down, in both languages, and little else is."""

import pytest

from schemas.lint.wording import asks_who
from tests.support.linted import codes, found, text
from tests.support.surveys import both, document, number, select

ASKS = """
Tên cha mẹ của Anh/Chị
Tên chồng/vợ của bạn
Tọa độ GPS nhà bạn
GPS coordinates of your home
Your parents' names
Your wife's name
What is your machine number?
Anh/Chị ngồi máy số mấy?
What street do you live on?
Họ và tên của Anh/Chị?
Họ tên
Ho ten
HO VA TEN
Họ, tên:
Tên
Tên của bạn là gì?
Anh/Chị tên là gì?
Tên đầy đủ
Xin ghi rõ tên
Xin ghi tên và tổ sản xuất
Tên thật và số máy
Quý danh của Anh/Chị
Xin cho biết số điện thoại
SĐT
sdt cua ban
Số di động của Anh/Chị
Điện thoại liên hệ
Điện thoại
Số Zalo
Zalo của Anh/Chị
Tài khoản Facebook
Zalo
Để lại Zalo để công đoàn gọi lại
Số liên lạc khi cần
Số CCCD hoặc CMND
CCCD
Căn cước công dân
Số căn cước
Số hộ chiếu
Mã số thuế cá nhân
Mã nhân viên
MSNV
Mã số công nhân
Số thẻ đoàn viên
Số thẻ
Mã thẻ chấm công
Số sổ bảo hiểm xã hội
Số BHXH
Mã định danh cá nhân
Ngày sinh
Ngày tháng năm sinh
Ngày, tháng, năm sinh của Anh/Chị
Anh/Chị sinh ngày nào?
Sinh nhật của Anh/Chị
Địa chỉ nhà của Anh/Chị
Địa chỉ
Nơi ở hiện nay
Số nhà, tên đường
Số phòng trọ
Hộ khẩu thường trú
Địa chỉ tạm trú
Biển số xe của Anh/Chị
Biển số
Email
Địa chỉ email
Thư điện tử
Số tài khoản
Tài khoản ngân hàng
Chữ ký
Chữ ký của Anh/Chị
Xin ký tên ở đây
Vân tay
Nếu không ngại, xin ghi số điện thoại
Không bắt buộc: số điện thoại
Đừng quên ghi họ tên
Số\u200b điện thoại
Tên và bộ phận
Tên người quản lý đã làm việc đó
Số ĐT
ĐT:
Liên hệ
Ngày/tháng/năm sinh
STK ngân hàng
Xin cho biết thông tin liên lạc
Tên (không bắt buộc)
Contact details
How can we reach you?
Names of colleagues involved
Name (optional)
What is your name?
Full name
Name
Surname
First name and last name
Phone number
Your mobile
Please leave your phone so that we can call
Zalo number
Your Facebook
Email address
E-mail
Home address
Address
House number
ID card number
National ID number
Passport number
Your date of birth
Birthdate
Your birthday
Employee ID
Staff number
Badge number
Union card number
Bank account
Licence plate
Social insurance number
Your signature
Please sign here
Fingerprint
Do not hesitate to leave your phone number
User name
""".strip().split("\n")
DOES_NOT = """
Anh/Chị muốn đổi điều gì?
Xin đừng ghi tên hay số điện thoại của ai.
Năm sinh
Tên gọi của chương trình
Tên chương trình mà Anh/Chị nhớ nhất
Xin ghi tên chương trình
Xin viết tên nơi hỗ trợ mà Anh/Chị biết
Lãnh đạo có ký tên vào bản cam kết không?
Ai ký thỏa ước lao động tập thể?
Việc ký hợp đồng lao động ở đây ra sao?
Số điện thoại của đường dây nóng nên dán ở đâu?
Số điện thoại tổng đài có dễ nhớ không?
Anh/Chị biết số điện thoại nào để gọi khi bị quấy rối?
Nhóm Zalo của tổ có ích gì?
Tin trên Zalo có đến kịp không?
Điện thoại của Anh/Chị có vào mạng được không?
Chấm công bằng vân tay có phiền gì không?
Làm căn cước công dân mất bao lâu?
Một số thể loại văn nghệ nào nên có?
Số thẻ phạt trong tháng
Bao nhiêu người trong tổ?
Cơ sở có tặng quà sinh nhật không, quà gì?
Địa chỉ của công đoàn ở đâu?
Hòm thư góp ý đặt ở đâu thì tiện?
Gửi kết quả qua email có tiện không?
Thẻ bảo hiểm y tế dùng ra sao?
Bao nhiêu người có thẻ đoàn viên?
Ngày sinh hoạt công đoàn nên vào thứ mấy?
Anh/Chị họp tổ mấy lần?
Nhà ở xa hay gần?
Xe đưa đón có đúng giờ không?
Tài khoản mạng xã hội của công đoàn nên đăng gì?
Chữ trên bảng tin có dễ đọc không?
Không ghi họ tên, số thẻ hay tổ của ai.
Xin đừng để lại địa chỉ nhà.
Tránh ghi mã nhân viên.
Anh/Chị họ hàng xa có giúp gì không?
Tên tuổi của nhà máy có giúp bán hàng không?
Vì sao có người ngại ghi tên?
Số nam, số nữ trong tổ
Số lao động nữ
Số ngày nghỉ thai sản
Số giờ làm thêm trong tuần
Số con
Số tiền mừng sinh con
Mã hàng nào khó làm nhất?
Biển báo an toàn nào còn thiếu?
Lương trả qua tài khoản hay tiền mặt tiện hơn?
Ai là người đứng tên giấy tờ nhà đất?
Người tổ chức đã làm tốt điều gì?
Phòng vắt sữa nên đặt ở đâu?
Please write nobody's name or phone number.
What would you name as the greatest problem?
Name one thing to change.
Name of the programme
The names of programmes that you remember
Do leaders sign the pledge themselves?
Who signs the collective agreement?
What should the union's address to members say?
Which problems should be addressed first?
Is the phone number of the hotline easy to find?
Should results be sent by email?
How many staff are there?
Number of employees
Number of women
Year of birth
Does clocking in by fingerprint bother you?
What did the trainer do well?
Leave out names, please.
What identity does the union have for young people?
Do you have a phone?
Never write an employee ID here.
Anh/Chị có thể liên hệ ai khi gặp khó?
Tên văn bản
Tên hoạt động
Thông tin cá nhân của công nhân được giữ ra sao?
How often does your manager call you after work?
What contact do you have with the union?
Undecided
Evidence: the yearly plan
Slides
Ngay sinh con, chong duoc nghi may ngay?
How is your health insurance used?
""".strip().split("\n")


@pytest.mark.parametrize("words", ASKS)
def test_what_asks_who_somebody_is_is_found(words):
    assert asks_who(words)


@pytest.mark.parametrize("words", DOES_NOT)
def test_what_does_not_is_let_pass(words):
    assert asks_who(words) is None


def test_both_lists_are_long():
    assert len(ASKS) >= 60
    assert len(DOES_NOT) >= 60


@pytest.mark.parametrize("sort", ["text", "integer", "decimal"])
def test_where_something_is_written_it_is_an_error(sort):
    asked = {"type": sort, "name": "x", "label": both("Số điện thoại của Anh/Chị")}
    assert found(document(asked), "error") == [
        ("wording.identifies", f"section work / question x / label / {language}") for language in ("vi", "en")
    ]


def test_hints_and_the_words_of_other_are_read_too():
    assert ("wording.identifies", "section work / question x / hint / vi") in found(
        document(text("x", hint=both("Xin ghi rõ họ tên."))), "error"
    )
    other = [
        {"name": "a", "label": both("Một")},
        {"name": "b", "label": both("Khác, xin ghi họ tên"), "other": True},
    ]
    survey = document(select("q", "yesno"), choice_lists={"yesno": other})
    assert ("wording.identifies", "choice list yesno / choice b / vi") in found(survey, "error")


def test_a_choice_about_phone_numbers_is_no_question_for_one():
    assert found(document(select("q", label=both("Anh/Chị có biết số điện thoại của tổng đài không?")))) == []


@pytest.mark.parametrize("kind", ["unit_form", "nomination"])
def test_an_office_and_a_nominee_are_named_on_purpose(kind):
    assert "wording.identifies" not in codes(document(text("x", "Họ và tên"), kind=kind))


RARE = [
    "Anh/Chị thuộc dân tộc nào?", "Dân tộc", "Anh/Chị theo tôn giáo nào?", "Anh/Chị có HIV không?", "Chị đang mang thai phải không?",
    "Anh/Chị có phải người khuyết tật không?",
    "Anh/Chị có là đảng viên không?", "Which ethnicity are you?", "Your religion?", "Are you pregnant?",
]  # fmt: skip


@pytest.mark.parametrize("words", RARE)
def test_what_few_people_share_is_no_dimension(words):
    assert found(document(select("q", label=both(words), dimension=True))) == [
        ("rare.dimension", "section work / question q / dimension")
    ]


@pytest.mark.parametrize("words", RARE)
def test_what_is_sensitive_by_law_is_marked_so(words):
    support = [{"label": both("Công đoàn"), "phone": "111", "verified": True}]
    assert codes(document(select("q", label=both(words)), support=support)) == {"rare.unmarked"}
    assert "rare.unmarked" not in codes(document(select("q", label=both(words), sensitive=True), support=support))


@pytest.mark.parametrize(
    "words",
    [
        "Lao động nữ mang thai được chuyển việc nhẹ mà vẫn đủ lương, đúng hay sai?",
        "Ở đây mọi người được tôn trọng như nhau, dù thuộc tôn giáo nào trong khu vực này.",
        "Ngày hội đại đoàn kết dân tộc có vui không?",
        "Lần gần nhất Chị mang thai hoặc nuôi con dưới 12 tháng là vào lúc nào?",
    ],
)
def test_a_question_about_others_or_the_law_is_not_about_oneself(words):
    assert codes(document(select("q", label=both(words)))) == set()


@pytest.mark.parametrize(
    "words", ["Tuổi của Anh/Chị?", "Năm sinh", "How old are you?", "Thâm niên", "Anh/Chị làm ở đây bao lâu?"]
)
def test_an_exact_number_of_years_is_asked_as_a_group(words):
    asked = {"type": "integer", "name": "x", "label": both(words), "range": {"start": 0, "end": 2100}}
    assert codes(document(asked)) == {"rare.exact"}
    assert codes(document({**asked, "dimension": {"bands": [18, 25]}})) == set()


@pytest.mark.parametrize("appearance", ["year", "month-year"])
@pytest.mark.parametrize(
    "words", ["Anh/Chị sinh năm nào?", "In which year were you born?", "Anh/Chị sinh tháng nào, năm nào?", "Năm sinh"]
)
def test_a_year_of_birth_singles_out_as_a_date_as_well(words, appearance):
    asked = {"type": "date", "name": "x", "label": both(words), "appearance": appearance}
    assert codes(document(asked)) == {"rare.exact"}


def test_an_age_with_a_fraction_singles_out_even_more():
    asked = {"type": "decimal", "name": "x", "label": both("Anh/Chị bao nhiêu tuổi?"), "range": {"start": 0, "end": 99}}
    assert codes(document(asked)) == {"rare.exact"}


def test_the_year_in_which_a_child_was_born_is_another_matter():
    asked = {"type": "date", "name": "x", "label": both("Anh/Chị sinh con năm nào?"), "appearance": "year"}
    assert codes(document(asked)) == set()


def test_other_numbers_are_asked_as_they_are():
    assert codes(document(number("x", label=both("Anh/Chị làm thêm mấy giờ một tuần?")))) == set()


@pytest.mark.parametrize("way", ["${wish} != ''", "${longer} > 10"])
def test_an_answer_that_only_writers_give_would_join_their_words_to_their_answers(way):
    length = {"type": "calculate", "name": "longer", "calculation": "string-length(${wish})"}
    assert "text.decides" in codes(document(text("wish", "Mong gì?"), length, select("more", relevant=way)))


def test_a_remark_may_hang_on_a_remark_since_both_are_stored_apart():
    after = text("why", "Vì sao?", relevant="${wish} != ''")
    assert "text.decides" not in codes(document(text("wish", "Mong gì?"), after))
