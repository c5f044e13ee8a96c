"""Who has just confirmed or voided something sees its certificates: they follow by policies, then the view."""

from typing import Final

from eventcore.database import Pool
from eventcore.readers.queries import reading
from eventcore.web.waiting import until_view

from certification.certificates.views.certificates import CERTIFICATES

CHAIN: Final = (
    "policy/when_class_certificates_revoked_void_its_assessments",
    "policy/when_results_stand_or_fall_so_do_their_certificates",
    CERTIFICATES.reader,
)
"""From the class to its assessments, from an assessment to its certificates, from those to their rows."""


async def until_followed(pool: Pool, wanted: str | None, seconds: float) -> None:
    """Returns when all that follows from `wanted` is in the view; each step gets the seconds. Problem 503."""
    for reader in CHAIN if wanted else ():
        await until_view(pool, reader, wanted, seconds)
        with reading():
            wanted = str(await pool.fetchval("select pos from log.last()"))
