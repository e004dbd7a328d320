"""Articles pushed over HTTP: `POST /articles` on the worker's web port."""
