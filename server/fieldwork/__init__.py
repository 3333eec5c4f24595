"""Who is asked what, where and when: units, sites, campaigns with their keys, links, and counts from the field."""
