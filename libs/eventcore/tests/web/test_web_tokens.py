"""Tokens, and the keys that prove them."""

import asyncio
import hmac
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from eventcore.database import Unavailable
from eventcore.settings import DEV_ISSUER
from eventcore.web.auth import Keys, Tokens
from eventcore.web.problems import Problem
from joserfc import jwe
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey
from notes_service import AUDIENCE, KEY, token

RSA = RSAKey.generate_key(2048, {"kid": "rsa-1"})
EC = ECKey.generate_key("P-256", {"kid": "ec-1"})
OTHER = OKPKey.generate_key("Ed25519", {"kid": "dev-1"})
UNKNOWN = OKPKey.generate_key("Ed25519", {"kid": "unknown"})


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def jwks(*keys: Any) -> str:
    return json.dumps({"keys": [key.as_dict(private=False) for key in keys]})


def tokens(folder: Path, *keys: Any, dev_keys: bool = True, clock: Clock | None = None) -> Tokens:
    (folder / "jwks.json").write_text(jwks(*(keys or (KEY, RSA, EC))))
    source = Keys(str(folder / "jwks.json"), dev_keys=dev_keys, clock=clock or time.monotonic)
    return Tokens(source, DEV_ISSUER, AUDIENCE)


@pytest.mark.parametrize(("key", "alg"), [(KEY, "Ed25519"), (RSA, "RS256"), (EC, "ES256")])
async def test_each_algorithm_proves_who_calls(tmp_path: Path, key: Any, alg: str) -> None:
    caller = await tokens(tmp_path).caller(f"Bearer {token(key=key, alg=alg, office='reviewer')}")
    assert (caller.subject, caller.client, caller.organisation) == ("zhang", "county-office", "520526-hrss")
    assert (caller.office, caller.region) == ("reviewer", "520500")
    assert set(caller.scope.split()) == {"notes.write", "notes.read", "notes.follow"}


def unsigned(alg: str) -> str:
    return f"{_part({'alg': alg, 'kid': 'dev-1'})}.{token().split('.')[1]}."


def _part(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def symmetric(secret: bytes) -> str:
    """HS256 by hand: no library signs with a public key as the secret."""
    text = f"{_part({'alg': 'HS256', 'kid': 'dev-1'})}.{token().split('.')[1]}"
    return f"{text}.{urlsafe_b64encode(hmac.digest(secret, text.encode(), 'sha256')).decode().rstrip('=')}"


def resigned(**header: Any) -> str:
    """The same claims and signature under another header."""
    _, claims, signature = token().split(".")
    return f"{_part({'alg': 'Ed25519', 'kid': 'dev-1'} | header)}.{claims}.{signature}"


def encrypted() -> str:
    return jwe.encrypt_compact({"alg": "dir", "enc": "A128GCM", "kid": "dev-1"}, token(), OctKey.generate_key(128))


NOW = int(time.time())
REFUSED: dict[str, Callable[[], str]] = {
    "none": lambda: unsigned("none"),
    "None": lambda: unsigned("None"),
    "no algorithm": lambda: unsigned(""),
    "signed with the public key": lambda: symmetric(KEY.as_pem(private=False)),
    "signed with a word": lambda: symmetric(b"secret-secret-secret-secret-secret"),
    "another key": lambda: token(key=OTHER),
    "unknown key": lambda: token(key=UNKNOWN),
    "zero signature": lambda: token(key=EC, alg="ES256").rpartition(".")[0] + "." + "A" * 86,
    "cut off": lambda: token()[:-4],
    "other claims": lambda: ".".join([token().split(".")[0], _part({"sub": "root"}), token().split(".")[2]]),
    "critical header": lambda: resigned(crit=["x"], x=1),
    "key in the header": lambda: resigned(jwk=OTHER.as_dict(private=False)),
    "kid is a path": lambda: resigned(kid="../../dev/null"),
    "kid is long": lambda: resigned(kid="k" * 10_000),
    "kid is a list": lambda: resigned(kid=["dev-1"]),
    "no kid": lambda: resigned(kid=None),
    "encrypted": encrypted,
    "logout token": lambda: token(header={"typ": "logout+jwt"}),
    "another audience": lambda: token(aud="labourbridge-440000"),
    "audiences without us": lambda: token(aud=["a", "b"]),
    "no audience": lambda: token(aud=None),
    "another issuer": lambda: token(iss=DEV_ISSUER + "/"),
    "no issuer": lambda: token(iss=None),
    "no end": lambda: token(exp=None),
    "expired": lambda: token(exp=NOW - 61),
    "end as text": lambda: token(exp=str(NOW + 600)),
    "end as fraction": lambda: token(exp=NOW + 600.5),
    "end as truth": lambda: token(exp=True),
    "not yet": lambda: token(nbf=NOW + 600),
    "no subject": lambda: token(sub=None),
    "subject with a line break": lambda: token(sub="a\nb"),
    "client with a slash": lambda: token(client_id="a/b"),
    "no client": lambda: token(client_id=None),
    "region is a number": lambda: token(region=520000),
    "no scope": lambda: token(scope=None),
}


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")  # the attacks are insecure on purpose
@pytest.mark.parametrize("attack", REFUSED)
async def test_a_forged_or_wrong_token_proves_nothing(tmp_path: Path, attack: str) -> None:
    with pytest.raises(Problem) as refused:
        await tokens(tmp_path).caller(f"Bearer {REFUSED[attack]()}")
    assert refused.value.kind.code == "token_invalid"


async def test_a_minute_of_skew_is_forgiven(tmp_path: Path) -> None:
    verifier = tokens(tmp_path)
    await verifier.caller(f"Bearer {token(exp=int(time.time()) - 50)}")
    await verifier.caller(f"Bearer {token(nbf=int(time.time()) + 50)}")


async def test_a_remembered_token_ends_when_it_expires(tmp_path: Path) -> None:
    tokens(tmp_path)
    now = [float(time.time())]
    verifier = Tokens(Keys(str(tmp_path / "jwks.json"), dev_keys=True), DEV_ISSUER, AUDIENCE, clock=lambda: now[0])
    bearer = f"Bearer {token(exp=int(now[0]) + 100)}"
    await verifier.caller(bearer)
    now[0] += 159
    await verifier.caller(bearer)
    now[0] += 2
    with pytest.raises(Problem):
        await verifier.caller(bearer)


async def test_a_withdrawn_key_is_refused_within_a_minute_and_a_new_one_known(tmp_path: Path) -> None:
    clock = Clock()
    verifier = tokens(tmp_path, KEY, clock=clock)
    old, new = f"Bearer {token()}", f"Bearer {token(key=RSA, alg='RS256')}"
    await verifier.caller(old)
    with pytest.raises(Problem):
        await verifier.caller(new)
    (tmp_path / "jwks.json").write_text(jwks(RSA))
    clock.now += 60
    await verifier.caller(new)
    with pytest.raises(Problem):
        await verifier.caller(old)


async def test_a_key_that_changed_under_its_id_is_another_key(tmp_path: Path) -> None:
    clock = Clock()
    verifier = tokens(tmp_path, KEY, clock=clock)
    bearer = f"Bearer {token()}"
    await verifier.caller(bearer)
    (tmp_path / "jwks.json").write_text(jwks(OTHER))
    clock.now += 60
    with pytest.raises(Problem):
        await verifier.caller(bearer)


async def test_the_last_good_keys_serve_a_quarter_of_an_hour(tmp_path: Path) -> None:
    clock = Clock()
    verifier = tokens(tmp_path, clock=clock)
    await verifier.caller(f"Bearer {token()}")
    (tmp_path / "jwks.json").write_text("<html>down for maintenance</html>")
    clock.now += 899
    await verifier.caller(f"Bearer {token()}")
    clock.now += 2
    with pytest.raises(Unavailable):
        await verifier.caller(f"Bearer {token()}")


async def test_a_storm_of_unknown_keys_asks_the_provider_once_a_minute(tmp_path: Path) -> None:
    clock = Clock()
    asked = 0

    class Counting(Keys):
        async def _read(self) -> bytes:
            nonlocal asked
            asked += 1
            return jwks(KEY).encode()

    verifier = Tokens(Counting("", dev_keys=True, clock=clock), DEV_ISSUER, AUDIENCE)
    for n in range(300):
        clock.now += 0.5
        with pytest.raises(Problem):
            await verifier.caller(f"Bearer {token(key=UNKNOWN, sub=f's{n}')}")
    assert asked == 3


async def test_a_provider_that_starts_later_is_asked_again_soon(tmp_path: Path) -> None:
    clock = Clock()
    verifier = Tokens(Keys(str(tmp_path / "jwks.json"), dev_keys=True, clock=clock), DEV_ISSUER, AUDIENCE)
    with pytest.raises(Unavailable):
        await verifier.caller(f"Bearer {token()}")
    (tmp_path / "jwks.json").write_text(jwks(KEY))
    clock.now += 1
    await verifier.caller(f"Bearer {token()}")


async def test_who_comes_while_the_keys_are_asked_for_goes_on_with_the_last_good_ones(tmp_path: Path) -> None:
    clock, answer = Clock(), asyncio.Event()

    class Slow(Keys):
        async def _read(self) -> bytes:
            await answer.wait()
            return jwks(KEY).encode()

    (tmp_path / "jwks.json").write_text(jwks(KEY))
    keys = Keys(str(tmp_path / "jwks.json"), dev_keys=True, clock=clock)
    await keys.refresh()
    slow = Slow("", dev_keys=True, clock=clock, by_id=keys.by_id, loaded=keys.loaded)
    verifier = Tokens(slow, DEV_ISSUER, AUDIENCE)
    first = asyncio.create_task(verifier.caller(f"Bearer {token()}"))
    await asyncio.sleep(0)
    await asyncio.wait_for(verifier.caller(f"Bearer {token()}"), 5)
    assert not first.done()
    answer.set()
    await first


async def test_developers_keys_are_not_taken_in_production(tmp_path: Path) -> None:
    with pytest.raises(Problem):
        await tokens(tmp_path, KEY, RSA, dev_keys=False).caller(f"Bearer {token()}")
