"""The lake: Parquet files of each campaign's responses, without ids and in no order. Intake writes them, the analysis reads them.

    <lake>/<campaign>/manifest.json          generation, number of responses, survey, parts
    <lake>/<campaign>/part-<random>.parquet  rows of one edition, or of those that are in none yet

A reader takes the parts that the manifest names, and no others: a part is first written whole and durably, then the manifest
is replaced in one step, then parts that no longer count are removed. The database says at which generation a campaign stands;
a manifest of another generation or count is behind, and the campaign's lake is built anew.
"""
