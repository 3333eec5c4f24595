"""Keys, codes and tokens: how they are made and kept, and which keys a database was made with."""
