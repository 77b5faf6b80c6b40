"""The pages of the desk, one module each, which reads what the page shows and renders its template."""
