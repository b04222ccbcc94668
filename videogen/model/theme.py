"""How things look: a theme as a person writes it, and a look, which is a theme settled for one video."""
