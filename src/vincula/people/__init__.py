"""People: names, dates and sex, which fields agree, how good a record is. Pure."""
