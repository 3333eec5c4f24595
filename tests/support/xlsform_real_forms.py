"""Forms as people write them for ODK, KoboToolbox and SurveyCTO: with their habits, not with ours."""

from tests.support.xlsform_files import Rows, saved, workbook


def _form(survey: Rows, choices: Rows, settings: Rows, **more: Rows) -> bytes:
    return saved(workbook(survey=survey, choices=choices, settings=settings, **more))


def kobo_household() -> bytes:
    """KoboToolbox: metadata rows, a repeat, numbered choices, required false everywhere, columns that Kobo adds."""
    survey = [
        [
            "type",
            "name",
            "label::English (en)",
            "label::Français (fr)",
            "required",
            "relevant",
            "appearance",
            "$kuid",
            "calculation",
        ],
        ["start", "start", None, None, None, None, None, "a1b2c3", None],
        ["end", "end", None, None, None, None, None, "a1b2c4", None],
        ["deviceid", "deviceid"],
        ["begin_group", "group_hh", "Household", "Ménage", "false", None, "field-list", "x1"],
        ["select_one sex", "sex", "Sex of respondent", "Sexe", "true", None, None, "x2"],
        [
            "integer",
            "hh_size",
            "How many people live here?",
            "Combien de personnes vivent ici ?",
            "true",
            None,
            None,
            "x3",
        ],
        ["begin_repeat", "member", "Member", "Membre", "false", None, None, "x4"],
        ["text", "member_name", "Name", "Nom", "false", None, None, "x5"],
        ["end_repeat"],
        ["end_group"],
        ["geopoint", "gps", "Location", "Position", "false", None, None, "x6"],
    ]
    choices = [
        ["list_name", "name", "label::English (en)", "label::Français (fr)", "order"],
        ["sex", 1, "Male", "Homme", 1],
        ["sex", 2, "Female", "Femme", 2],
        ["sex", 99, "No answer", "Sans réponse", 3],
    ]
    return _form(
        survey, choices, [["style", "version", "default_language"], ["theme-grid", "3 (2024-05-01)", "English (en)"]]
    )


def odk_satisfaction() -> bytes:
    """ODK: old spellings with spaces, nested groups, likert, or_other, a note, a calculate, a multi-line text."""
    survey: Rows = [
        ["type", "name", "label::English (en)", "label::Français (fr)", "hint::English (en)", "required", "relevant", "constraint",
         "constraint_message::English (en)", "calculation", "appearance", "choice_filter", "parameters", "required_message::English (en)"],
        ["note", "intro", "Thank you for helping us.", "Merci de votre aide."],
        ["begin group", "work", "Your work", "Votre travail"],
        ["Select_One departments or_other", "dept", "Which department?", "Quel service ?", None, "yes", None, None, None, None, "quick"],
        ["begin group", "shift", "Your shift", "Votre équipe", None, None, "${dept} != ''"],
        ["select one yesno", "night", "Do you work at night?", "Travaillez-vous la nuit ?", None, "TRUE", None, None, None, None, "w2"],
        ["integer", "nights", "How many nights a week?", "Combien de nuits ?", "0 to 7", "yes", "${night} = 'yes'", ". >= 0 and . <= 7",
         "Between 0 and 7"],
        ["calculate", "many", None, None, None, None, None, None, None, "if(${nights} > 3, 'yes', 'no')"],
        ["end group"],
        ["rank wishes", "wish", "Order your wishes", "Classez vos souhaits", None, None, None, None, None, None, None, None,
         "randomize=true"],
        ["end group"],
        ["begin group", "views", "Your views", "Vos avis", None, None, None, None, None, None, "table-list"],
        ["select_one agree", "fair", "Pay is fair.", "Le salaire est juste."],
        ["select_one agree", "safe", "Work is safe.", "Le travail est sûr."],
        ["end group"],
        ["range", "mark", "Your mark", "Votre note", None, None, None, None, None, None, "no-ticks", None, "start=0 end=10 step=1"],
        ["date", "since", "Since when do you work here?", "Depuis quand ?", None, None, None, None, None, None, "month-year no-calendar"],
        ["trigger", "ok", "I have understood.", "J'ai compris."],
        ["text", "more", "Anything else?", "Autre chose ?", None, None, None, None, None, None, "multiline", None, None, "Please answer"],
    ]  # fmt: skip
    choices = [
        ["list name", "name", "label::English (en)", "label::Français (fr)"],
        ["departments", "sewing", "Sewing", "Couture"],
        ["departments", "cutting", "Cutting", "Coupe"],
        ["yesno", "yes", "Yes", "Oui"],
        ["yesno", "no", "No", "Non"],
        [],
        ["agree", "agree", "Agree", "D'accord"],
        ["agree", "disagree", "Disagree", "Pas d'accord"],
        ["wishes", "pay", "Pay", "Salaire"],
        ["wishes", "hours", "Hours", "Horaires"],
    ]
    settings = [
        ["form_title", "form_id", "version", "default_language"],
        ["Satisfaction", "satisfaction_2024", "2024-05-01", "English (en)"],
    ]
    return _form(survey, choices, settings)  # type: ignore[arg-type]


def surveycto_cascade() -> bytes:
    """SurveyCTO: metadata fields, search() and pulldata(), scto columns, formulas with paths."""
    survey = [
        [
            "type",
            "name",
            "label",
            "label:Vietnamese",
            "appearance",
            "calculation",
            "relevance",
            "read only",
            "publishable",
            "minimum_seconds",
        ],
        ["caseid", "caseid"],
        ["audio audit", "audio_audit", None, None, "p=100"],
        ["text audit", "text_audit"],
        ["calculate_here", "start_here"],
        ["select_one province", "province", "Province?", "Tỉnh nào?", "search('provinces')"],
        ["calculate", "price", None, None, None, "pulldata('prices', 'price', 'id', ${province})"],
        ["calculate", "twice", None, None, None, "../price * 2"],
        ["text", "enumerator", "Enumerator", "Điều tra viên", None, "once(username())", None, "yes"],
    ]
    return _form(
        survey,
        [["list_name", "value", "label"], ["province", "id", "name"]],
        [["form_title", "form_id"], ["Prices", "prices"]],
    )


def union_canteen() -> bytes:
    """A union officer: one language and no settings for it, a sheet of her own, a cascade of choices, «Có/Không» lists."""
    survey = [
        ["type", "name", "label", "hint", "relevant", "choice_filter", "required", "ghi chú của chị Lan"],
        ["select_one co_khong", "an_ca", "Anh/Chị có ăn ca tại nhà ăn không?", None, None, None, "yes", "câu mở đầu"],
        ["select_multiple mon", "mon_ngon", "Món nào ngon?", "Chọn nhiều món", "${an_ca} = 'co'"],
        ["select_one xuong", "xuong", "Anh/Chị làm ở xưởng nào?"],
        ["select_one chuyen", "chuyen", "Anh/Chị làm ở chuyền nào?", None, None, "xuong = ${xuong}"],
        ["text", "y_kien", "Anh/Chị muốn góp ý gì?"],
    ]
    choices = [
        ["list_name", "name", "label", "xuong"],
        ["co_khong", "co", "Có"],
        ["co_khong", "khong", "Không"],
        ["mon", "com", "Cơm"],
        ["mon", "canh", "Canh"],
        ["xuong", "may", "Xưởng may"],
        ["xuong", "cat", "Xưởng cắt"],
        ["chuyen", "c1", "Chuyền 1", "may"],
        ["chuyen", "c2", "Chuyền 2", "may"],
        ["chuyen", "c3", "Chuyền 3", "cat"],
    ]
    more = {"Ghi chú": [["Họp ngày thứ ba"]]}
    return _form(survey, choices, [["form_title", "form_id"], ["Phiếu hỏi bữa ăn ca", "bua-an-ca"]], **more)


def lookup_from_file() -> bytes:
    """ODK: choices from a small CSV beside the form."""
    survey = [
        ["type", "name", "label::vi", "label::en", "choice_filter", "parameters"],
        ["select_one regions", "region", "Vùng nào?", "Which region?"],
        [
            "select_one_from_file provinces.csv",
            "province",
            "Tỉnh nào?",
            "Which province?",
            "region = ${region}",
            "value=code label=title",
        ],
    ]
    choices = [
        ["list_name", "name", "label::vi", "label::en"],
        ["regions", "north", "Bắc", "North"],
        ["regions", "south", "Nam", "South"],
    ]
    return _form(survey, choices, [["form_title", "form_id"], ["Nơi làm việc", "places"]])


PROVINCES = (
    "code,title::vi,title::en,region\nhn,Hà Nội,Ha Noi,north\nhcm,TP. Hồ Chí Minh,Ho Chi Minh City,south\n".encode(
        "utf-8-sig"
    )
)
