"""The write path: schema, migrations, validation and the one writer. The only package that imports SQLModel."""
