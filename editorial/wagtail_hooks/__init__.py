"""What the editorial work adds to the admin, one module a subject."""
