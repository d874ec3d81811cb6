"""The files of a shop. `python files.py > files.json` writes its OpenAPI document; needs fastapi==0.165.0."""

import json

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

app = FastAPI(title="Files", version="1.0.0")


@app.get("/files/{path:path}", response_class=PlainTextResponse)
def get_file(path: str) -> str:
    return path


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "up"}


if __name__ == "__main__":
    print(json.dumps(app.openapi(), indent=2))
