"""Reading the lake for analysis: an engine that runs Ibis expressions, and the people of a campaign as one table."""
