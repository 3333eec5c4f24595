"""What is written stays as it is typed, and is sealed without the blanks around it."""

from tests.support.page_walk import small_survey


def arrives_at_the_wish(worker):
    phone = worker(small_survey())
    phone.answers(until="told")
    phone.field("wish").wait_for()
    return phone


def goes_to_the_end(phone):
    while not phone.button("Gửi").count():
        phone.passes()
    return phone.handed_in()


def test_a_text_keeps_its_blanks_while_it_is_typed_and_loses_the_loose_ones(worker):
    phone = arrives_at_the_wish(worker)
    phone.field("wish").press_sequentially("  nhà trẻ  gần ")
    assert phone.field("wish").input_value() == "  nhà trẻ  gần "
    phone.field("wish").press_sequentially("đây ")
    assert goes_to_the_end(phone)["wish"] == "nhà trẻ  gần đây"


def test_blanks_alone_are_no_answer(worker):
    phone = arrives_at_the_wish(worker)
    phone.field("wish").press_sequentially("   ")
    assert "wish" not in goes_to_the_end(phone)
