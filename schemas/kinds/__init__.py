"""What a type of question is, one module for each family; schemas.questions has the table of them all."""
