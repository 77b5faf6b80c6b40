"""The pages of the desk, one module each: reads what a page shows and renders its template."""
