"""The index inside the database, made again from the texts of the projection."""
