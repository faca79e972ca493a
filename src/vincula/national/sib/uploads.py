"""Uploads go to disk as they arrive, and stop there at the size of the largest SBX, whoever sends them."""

from __future__ import annotations

from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from vincula.national.sib.services import files


class LimitedUpload(TemporaryFileUploadHandler):
    """Keeps nothing more once the files of a request are over files.MAX_BYTES together; what still comes is read and
    dropped, so that the page can say so. Of who has not logged in nothing is kept: a form is read for its CSRF token
    before any page looks at who sent it.

    `stopped` tells the view (see `too_big`)."""

    stopped = False
    received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        if self.received > (files.MAX_BYTES if self._known() else 0):
            self.stopped = True
            raise StopUpload(connection_reset=False)
        return super().receive_data_chunk(raw_data, start)

    def _known(self) -> bool:
        return self.request is not None and bool(self.request.user.is_authenticated)


def too_big(request: HttpRequest) -> bool:
    """Whether a file of this request was dropped because of its size."""
    return any(isinstance(one, LimitedUpload) and one.stopped for one in request.upload_handlers)
