"""FastAPI's own way with the same bodies and no database: `python -m bench.references.plain PORT`."""

import sys
from uuid import UUID

import uvicorn
from fastapi import FastAPI

from bench.references.bodies import RejectionIn, SurveyIn

app = FastAPI()


@app.get("/readyz")
async def ready() -> dict[str, bool]:
    return {"ok": True}


@app.post("/v1/surveys", status_code=201)
async def record(body: SurveyIn) -> dict[str, object]:
    return {"survey": "0190", "worker": body.number[:6], "state": "pending", "version": 1}


@app.post("/v1/surveys/{survey}/rejection", status_code=201)
async def reject(survey: UUID, body: RejectionIn) -> dict[str, object]:
    return {"survey": str(survey), "worker": body.reason, "state": "rejected", "version": 2}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=False, log_level="warning")
