"""Whatever staff typed stays, however long the device takes to look up what it knows of itself."""

from tests.support.page_hop import CODE
from tests.support.page_walk import Tablet

HELD = """(() => {
  const { get } = IDBObjectStore.prototype;
  const { addEventListener } = IDBRequest.prototype;
  const slow = new WeakSet();
  globalThis.waiting = [];
  globalThis.holding = true;
  IDBObjectStore.prototype.get = function (key) {
    const request = get.call(this, key);
    if (holding && key === 'enrolment' && document.getElementById('code')) slow.add(request);
    return request;
  };
  IDBRequest.prototype.addEventListener = function (type, done) {
    addEventListener.call(this, type, slow.has(this) && type === 'success' ? (event) => waiting.push(() => done(event)) : done);
  };
})()"""


def test_a_name_typed_before_storage_answers_is_kept(tablet: Tablet) -> None:
    tablet.page.add_init_script(HELD)
    tablet.opens()
    tablet.page.get_by_label("Mã ghi danh").fill(CODE)
    tablet.page.get_by_label("Tên máy").fill("Máy 07")
    tablet.page.wait_for_function("waiting.length > 0")
    tablet.page.evaluate("holding = false; waiting.splice(0).forEach(answers => answers())")
    tablet.page.evaluate("new Promise(done => setTimeout(() => requestAnimationFrame(done)))")
    assert tablet.page.get_by_label("Tên máy").input_value() == "Máy 07"
    tablet.button("Ghi danh").click()
    tablet.page.get_by_label("Mã PIN mới").wait_for()
