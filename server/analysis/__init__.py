"""From the lake to editions: counting, grouping, brackets, reading, statistics, and the alibi check beside them."""
