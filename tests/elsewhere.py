"""Packages that are no folders: real zip archives, real git repositories, and a real server on this machine."""

from __future__ import annotations

import ssl
import subprocess
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Members = dict[str | zipfile.ZipInfo, bytes]


def zip_folder(folder: Path, target: Path, prefix: str = "") -> Path:
    """An archive of all files of a folder, as most programs make it (with entries for the folders)."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, prefix + path.relative_to(folder).as_posix())
    return target


def zip_of(target: Path, members: Members) -> Path:
    """An archive of these members."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target


def git(folder: Path, *arguments: str) -> str:
    """What git says, whoever runs the tests and whatever they have configured."""
    identity = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", "-C", folder, *identity, *arguments], capture_output=True, text=True, check=True
    )  # fmt: skip
    return done.stdout.strip()


def commit(folder: Path, tag: str | None = None) -> str:
    """Commit all of a folder, which becomes a repository if it is none; returns the commit."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
        git(folder, "config", "core.autocrlf", "false")
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "state")
    if tag:
        git(folder, "tag", tag)
    return git(folder, "rev-parse", "HEAD")


@dataclass(frozen=True)
class Reply:
    """What the server answers to one path; the body in pieces, with a pause before each of them."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0
    piece: int = 1 << 20


class Site:
    """A server, what it answers by path, and what it was asked."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.replies: dict[str, Reply] = {}
        self.asked: list[str] = []

    def serve(self, folder: Path, under: str = "/") -> None:
        """Answer with the files of a folder."""
        for path in folder.rglob("*"):
            if path.is_file():
                self.replies[under + path.relative_to(folder).as_posix()] = Reply(path.read_bytes())

    def redirect(self, path: str, location: str, status: int = 302) -> None:
        """Answer with a redirect."""
        self.replies[path] = Reply(status=status, headers={"Location": location})


@contextmanager
def serving(host: str = "127.0.0.1", certificate: Path | None = None) -> Iterator[Site]:
    """A server on this machine, as long as it is needed; over https if there is a certificate (with its key)."""
    with ThreadingHTTPServer((host, 0), BaseHTTPRequestHandler) as server:
        site = Site(f"{'https' if certificate else 'http'}://{host}:{server.server_port}")
        server.RequestHandlerClass = _handler(site)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients hang up on purpose
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


def _handler(site: Site) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            reply = site.replies.get(self.path.partition("?")[0], Reply(b"nothing here", 404))
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            for start in range(0, len(reply.body), reply.piece):
                time.sleep(reply.pause)
                self.wfile.write(reply.body[start : start + reply.piece])
                self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    return Handler
