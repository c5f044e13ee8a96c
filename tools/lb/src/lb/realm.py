"""What the identity provider beside the containers begins with: offices and scopes of the access table, the provinces'
clients, and a person of each office. Keycloak's format of a realm.

An office is a group with a role of the same name; a scope goes into a token where its holder has one of the roles that
the scope is mapped to, and where it is mapped to none.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from lb.access import grants
from lb.identity import REALM, client_of
from lb.topology import PROVINCES, SERVICES

_EVERYBODYS: Final = "${LB_IDENTITY_PASSWORD}"
_CLAIMS: Final = "labourbridge"
_HOUR: Final = 3600
_YEAR: Final = 366 * 24 * _HOUR
"""Of a service's token, which nobody renews before `lb up` does."""


def realm(access_table: Path) -> str:
    """JSON, one entry a line."""
    scopes = sorted(grants(access_table).items())
    offices = sorted(set[str]().union(*(allowed for _, allowed in scopes)))
    names = [name for name, _ in scopes]
    plain = {"realm": REALM, "enabled": True, "accessTokenLifespan": _HOUR, "ssoSessionMaxLifespan": _YEAR}
    lists = {
        "groups": [{"name": each, "realmRoles": [each], "attributes": {"office": [each]}} for each in offices],
        "clientScopes": [_claims(), *map(_scope, names)],
        "scopeMappings": [{"clientScope": name, "roles": sorted(allowed)} for name, allowed in scopes if allowed],
        "clients": [each for region in PROVINCES for each in _clients(region, names)],
        "users": [each for region in PROVINCES for each in _users(region, offices)],
    }
    parts = [f'"{name}": {_line(value)}' for name, value in plain.items()]
    parts.append(f'"roles": {{"realm": {_lines([{"name": each} for each in offices])}}}')
    parts += [f'"{name}": {_lines(entries)}' for name, entries in lists.items()]
    parts.append(f'"components": {_line(_profile())}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _claims() -> dict[str, Any]:
    """What a token says of its holder beside the scopes."""
    mappers = [_mapper("sub", "sub", {}), *map(_attribute, ("org", "office", "region"))]
    return _scope(_CLAIMS, shown=False) | {"protocolMappers": mappers}


def _attribute(name: str) -> dict[str, Any]:
    """Of the person, or of a group of hers."""
    return {
        "name": name,
        "protocol": "openid-connect",
        "protocolMapper": "oidc-usermodel-attribute-mapper",
        "config": {
            "user.attribute": name,
            "claim.name": name,
            "jsonType.label": "String",
            "access.token.claim": "true",
        },
    }


def _scope(name: str, *, shown: bool = True) -> dict[str, Any]:
    return {"name": name, "protocol": "openid-connect", "attributes": {"include.in.token.scope": _line(shown)}}


def _clients(region: str, scopes: list[str]) -> Iterator[dict[str, Any]]:
    """The offices' own, and the services that ask another one."""
    common = {"enabled": True, "defaultClientScopes": [_CLAIMS, *scopes], "protocolMappers": [_audience(region)]}
    yield common | {"clientId": client_of(region, "offices"), "publicClient": True, "directAccessGrantsEnabled": True}
    for service in SERVICES:
        if service.registry_office:
            yield common | {
                "clientId": client_of(region, service.name),
                "secret": _EVERYBODYS,
                "serviceAccountsEnabled": True,
                "standardFlowEnabled": False,
                "attributes": {"access.token.lifespan": str(_YEAR)},
            }


def _audience(region: str) -> dict[str, Any]:
    """Services of other provinces refuse the token."""
    return _mapper("aud", "audience", {"included.custom.audience": f"urn:labourbridge:{region}"})


def _mapper(claim: str, kind: str, settings: dict[str, str]) -> dict[str, Any]:
    return {
        "name": claim,
        "protocol": "openid-connect",
        "protocolMapper": f"oidc-{kind}-mapper",
        "config": {**settings, "access.token.claim": "true"},
    }


def _users(region: str, offices: list[str]) -> Iterator[dict[str, Any]]:
    """One person for each office, responsible for the whole province; and the services."""
    for office in offices:
        password = {"type": "password", "value": _EVERYBODYS}
        yield _user(client_of(region, office), region, office, "dev-office") | {"credentials": [password]}
    for service in SERVICES:
        if service.registry_office:
            client = client_of(region, service.name)
            account = _user(f"service-account-{client}", region, service.registry_office, service.name)
            yield account | {"serviceAccountClientId": client}


def _user(name: str, region: str, office: str, organisation: str) -> dict[str, Any]:
    attributes = {"org": [organisation], "region": [region]}
    return {"username": name, "enabled": True, "attributes": attributes, "groups": [f"/{office}"]}


def _profile() -> dict[str, Any]:
    """Which attributes persons have: none that they could change."""
    rights = {"permissions": {"view": ["admin"], "edit": ["admin"]}}
    attributes = [{"name": name, **rights} for name in ("username", "email", "org", "region")]
    provider = {
        "providerId": "declarative-user-profile",
        "config": {"kc.user.profile.config": [_line({"attributes": attributes})]},
    }
    return {"org.keycloak.userprofile.UserProfileProvider": [provider]}


def _lines(entries: list[dict[str, Any]]) -> str:
    return "[\n  " + ",\n  ".join(map(_line, entries)) + "\n]"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
