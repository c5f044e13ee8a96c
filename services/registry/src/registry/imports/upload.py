"""A file as the body of a request: raw bytes, counted while they come."""

from typing import Any, ClassVar, Final

from eventcore.web import CommandRequest, Problem
from eventcore.web.routes import Route
from fastapi import APIRouter
from pydantic import BaseModel

MEDIA_TYPES: Final = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.ms-excel": "XLS",
    "text/csv": "CSV",
    "application/octet-stream": "any of them",
}
"""What kind it is its own bytes say; a browser often does not know."""
SECONDS: Final = 120.0

BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "The roster itself: XLSX, XLS or CSV. 名册文件本身（请求体即文件字节）。",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in MEDIA_TYPES},
    }
}


class UploadRequest(CommandRequest):
    """A POST whose body is a file. `value`, by which a retry is told from another request, is set by the route."""

    most: ClassVar[int] = 0
    data: bytes = b""

    async def take_body(self, model: type[BaseModel] | None) -> None:
        """Problem where it is too large, too slow, or said to be something else."""
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in MEDIA_TYPES or self.headers.get("content-encoding", "identity").lower() != "identity":
            raise Problem("content_type_unsupported")
        said = self.headers.get("content-length", "")
        if said.isdecimal() and int(said) > self.most:
            raise Problem("import_too_large")
        self.data = await self.read_body(self.most, SECONDS, "import_too_large")


def upload_router(most: int) -> APIRouter:
    """For routes that take files of at most so many bytes."""

    class Request(UploadRequest):
        most: ClassVar[int] = 0

    Request.most = most

    class Upload(Route):
        command = Request

    return APIRouter(route_class=Upload)
