"""Fetch files over https, without trusting the server with our time, memory or local network."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urljoin
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationParseError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.util import Timeout, Url, parse_url

from musterroll.errors import Refused, Unavailable
from musterroll.package import limits

_BLOCK = 1 << 18
_LOOPBACK = {"127.0.0.1", "localhost"}
_OK = 200
_NOTHING_THERE = {404, 410}
# Without compression: the size that is counted is the size that comes.
_HEADERS = {"User-Agent": "musterroll", "Accept-Encoding": "identity"}
# What people need to know of what went wrong; the library's own words name its objects. Special ones first.
_REASONS: tuple[tuple[type[HTTPError], str], ...] = (
    (ProxyError, "the proxy of the environment cannot be reached"),
    (NameResolutionError, "no such host, or no network"),
    (NewConnectionError, "the host does not accept a connection"),
    (ConnectTimeoutError, "the host does not answer in time"),
    (ReadTimeoutError, "the host went silent"),
    (SSLError, "the host's certificate or encryption is not to be trusted"),
)


@dataclass(frozen=True)
class Answer:
    """A file that was found: where it is after all redirects, and its content, to be read once."""

    url: str
    blocks: Iterator[bytes]


class Web:
    """One errand: all that is fetched for one package, within one allotted time."""

    def __init__(self) -> None:
        self._deadline = time.monotonic() + limits.FETCH_SECONDS
        self._managers: dict[str | None, urllib3.PoolManager] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for manager in self._managers.values():
            manager.clear()

    @contextmanager
    def get(self, url: str, within: str = "") -> Iterator[Answer | None]:
        """The file at `url`, or None if the server says that there is none.

        Redirects must stay `within`. Raises `Refused` if the URL or a redirect is
        not allowed, `Unavailable` if the server cannot be reached or fails.
        """
        with self._followed(url, within) as (found, response):
            if response.status in _NOTHING_THERE:
                yield None
                return
            if response.status != _OK:
                raise Unavailable(f"{url}: the server answers {response.status} {response.reason or ''}".rstrip())
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise Unavailable(f"{url}: the server sends it compressed, though asked not to")
            yield Answer(found, self._blocks(url, response))

    @contextmanager
    def _followed(self, url: str, within: str) -> Iterator[tuple[str, urllib3.BaseHTTPResponse]]:
        """The answer that is no redirect any more, and where it comes from."""
        place = checked_url(url)
        for _ in range(limits.REDIRECTS + 1):
            with _explained(url):
                response = self._manager(place).request(
                    "GET", place.url, headers=_HEADERS, timeout=_timeout(), retries=False, redirect=False,
                    preload_content=False, decode_content=False,
                )  # fmt: skip
            try:
                location = response.get_redirect_location()
                if not location:
                    yield place.url, response
                    return
            finally:
                response.close()
            place = _redirected(place, location, within)
        raise Refused(f"{url}: more than {limits.REDIRECTS} redirects")

    def _manager(self, place: Url) -> urllib3.PoolManager:
        """What connects to that host: by the proxy of the environment if there is one, but to ourselves directly."""
        host = place.host or ""
        proxy = None if host in _LOOPBACK or proxy_bypass(host) else getproxies().get(place.scheme or "")
        if proxy not in self._managers:
            self._managers[proxy] = urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()
        return self._managers[proxy]

    def _blocks(self, url: str, response: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
        """What comes, as it comes: whoever sends one byte a minute runs into the deadline."""
        with _explained(url):
            while block := response.read1(_BLOCK):
                if time.monotonic() > self._deadline:
                    raise Unavailable(f"{url}: it takes longer than {limits.FETCH_SECONDS} seconds")
                yield block


def checked_url(url: str) -> Url:
    """The parts of a URL that may be fetched: https, or http on this machine; else raises `Refused`.

    The parser is that of the library that connects, so both see the same host.
    """
    try:
        place = parse_url(url)
    except LocationParseError as error:
        raise Refused(f"{url}: not a URL") from error
    if place.auth:
        raise Refused(f"{place.scheme}://…@{place.host}: a URL with a user or password in it is not fetched")
    if not place.host or not (place.scheme == "https" or (place.scheme == "http" and place.host in _LOOPBACK)):
        raise Refused(f"{url}: only https:// is fetched (http:// from this machine itself)")
    return place


def _redirected(place: Url, location: str, within: str) -> Url:
    """Where a redirect leads; raises `Refused` if it must not be followed."""
    try:
        target = checked_url(urljoin(place.url, location))
    except ValueError as error:
        raise Refused(f"{place.url}: redirects to what is no URL") from error
    if target.host in _LOOPBACK and place.host not in _LOOPBACK:
        raise Refused(f"{place.url}: redirects into this machine")
    if not target.url.startswith(within):
        raise Refused(f"{place.url}: redirects out of the package, to {target.url}")
    return target


def _timeout() -> Timeout:
    return Timeout(connect=limits.CONNECT_SECONDS, read=limits.SILENCE_SECONDS)


@contextmanager
def _explained(url: str) -> Iterator[None]:
    try:
        yield
    except HTTPError as error:
        reason = next((words for kind, words in _REASONS if isinstance(error, kind)), str(error))
        raise Unavailable(f"{url}: {reason}") from error
