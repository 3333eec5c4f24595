/** Where the page starts. */
import { render } from "preact";

const place = document.getElementById("page");
if (place) render(<main lang="vi">Lắng Nghe</main>, place);
