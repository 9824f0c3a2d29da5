"""A server can neither lead us elsewhere, nor keep us waiting or reading for ever, nor pass for another."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from elsewhere import Reply, Site, serving, zip_folder
from golden import build_base
from muster_validators import validate
from musterroll.errors import Refused, Unavailable
from musterroll.package import limits
from musterroll.package.sources import opened
from running import muster


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may be behind a proxy; the tests are not."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return build_base("plain", tmp_path / "plain")


@pytest.fixture
def site(package: Path, tmp_path: Path) -> Iterator[Site]:
    """A server with the package as files below /data/plain and as /plain.zip."""
    with serving() as site:
        site.serve(package, "/data/plain/")
        site.replies["/plain.zip"] = Reply(zip_folder(package, tmp_path / "served.zip").read_bytes())
        yield site


def _open(url: str) -> None:
    with opened(url):
        pass


def test_what_the_descriptor_names_is_fetched_once_and_nothing_else(site: Site) -> None:
    assert muster("validate", f"{site.url}/data/plain/datapackage.json?raw=1").code == 0

    names = ("data/people.csv", "data/places.csv", "schemas/people.json", "schemas/places.json")
    assert site.asked == ["/data/plain/datapackage.json?raw=1", *(f"/data/plain/{name}" for name in names)]


def test_names_with_spaces_percents_and_accents_are_asked_for_as_they_are(site: Site, package: Path) -> None:
    name = "data/été 50%20#1?.csv"
    text = (package / "datapackage.json").read_text().replace("data/people.csv", name)
    site.replies["/data/plain/datapackage.json"] = Reply(text.encode())
    site.replies["/data/plain/data/%C3%A9t%C3%A9%2050%2520%231%3F.csv"] = site.replies["/data/plain/data/people.csv"]

    with opened(f"{site.url}/data/plain/datapackage.json") as folder:
        assert (folder.root / name).exists()


@pytest.mark.parametrize("path", ["../x.csv", "/x.csv", "http://127.0.0.1/x.csv", "//example.org/x.csv", ".env"])
def test_a_descriptor_with_an_unsafe_path_makes_us_fetch_nothing(path: str, site: Site) -> None:
    descriptor = {"name": "x", "resources": [{"name": "a", "path": "data/people.csv"}, {"name": "b", "path": path}]}
    site.replies["/data/plain/datapackage.json"] = Reply(json.dumps(descriptor).encode())

    assert muster("validate", f"{site.url}/data/plain/datapackage.json").code == 3
    assert site.asked == ["/data/plain/datapackage.json"]


@pytest.mark.parametrize("body", [b"<html>Please log in</html>", b"[]", b'{"a": 1, "a": 2}', b""])
def test_a_descriptor_that_is_none_is_a_finding(body: bytes, site: Site) -> None:
    site.replies["/data/plain/datapackage.json"] = Reply(body)

    assert muster("validate", f"{site.url}/data/plain/datapackage.json").code == 1
    assert len(site.asked) == 1


def test_a_file_that_is_not_there_is_missing_as_in_a_folder(site: Site) -> None:
    del site.replies["/data/plain/data/people.csv"]

    with opened(f"{site.url}/data/plain/datapackage.json") as folder:
        assert "manifest-missing" in {finding.check for finding in validate(folder, ("structure",))}


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "there is nothing"), (410, "there is nothing"), (403, "answers 403"), (503, "answers 503")],
)
@pytest.mark.parametrize("path", ["/plain.zip", "/data/plain/datapackage.json"])
def test_what_the_server_does_not_give_is_4(status: int, words: str, path: str, site: Site) -> None:
    site.replies[path] = Reply(b"sorry", status)

    result = muster("validate", site.url + path)

    assert (result.code, result.stdout) == (4, "")
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_failing_server_is_not_a_missing_file(site: Site) -> None:
    site.replies["/data/plain/data/people.csv"] = Reply(b"", 500)

    with pytest.raises(Unavailable, match=r"people\.csv: the server answers 500"):
        _open(f"{site.url}/data/plain/datapackage.json")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_the_files_are_beside_where_it_leads(status: int, site: Site) -> None:
    site.redirect("/latest/datapackage.json", "../data/plain/datapackage.json", status)

    assert muster("validate", f"{site.url}/latest/datapackage.json").code == 0


def test_five_redirects_are_followed_and_a_sixth_is_not(site: Site) -> None:
    for number in range(6):
        site.redirect(f"/{number}.zip", f"/{number + 1}.zip" if number < 5 else "/plain.zip")

    _open(f"{site.url}/1.zip")
    with pytest.raises(Refused, match="more than 5 redirects"):
        _open(f"{site.url}/0.zip")


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://example.org/x.zip", "only https://"),
        ("http://169.254.169.254/latest/meta-data", "only https://"),
        ("file:///etc/passwd", "only https://"),
        ("ftp://127.0.0.1/x.zip", "only https://"),
        ("http://127.0.0.1@example.org/x.zip", "user or password"),
        ("http://localhost.example.org/x.zip", "only https://"),
        ("http://[::1", "no URL"),
    ],
)
def test_a_redirect_out_of_https_is_refused(location: str, words: str, site: Site) -> None:
    site.redirect("/x.zip", location)

    with pytest.raises(Refused, match=words):
        _open(f"{site.url}/x.zip")
    assert site.asked == ["/x.zip"]


@pytest.mark.parametrize("location", ["/secret.csv", "http://localhost:1/data/plain/data/people.csv"])
def test_a_file_of_the_package_is_not_taken_from_elsewhere(location: str, site: Site) -> None:
    site.redirect("/data/plain/data/people.csv", location)
    site.replies["/secret.csv"] = Reply(b"a\nsecret\n")

    with pytest.raises(Refused, match="out of the package"):
        _open(f"{site.url}/data/plain/datapackage.json")
    assert "/secret.csv" not in site.asked


@pytest.mark.parametrize("path", ["/plain.zip", "/data/plain/datapackage.json"])
@pytest.mark.parametrize(("limit", "words"), [("FILE_BYTES", "has more than 100"), ("PACKAGE_BYTES", "more than 100")])
def test_a_body_over_the_limit_is_3_and_not_read_to_its_end(
    limit: str, words: str, path: str, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, limit, 100)

    result = muster("validate", site.url + path)

    assert result.code == 3
    assert words in result.stderr


def test_a_body_without_end_is_3(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 1_000_000)
    site.replies["/x.zip"] = Reply(bytes(3_000_000), headers={"Content-Length": "999999999999"})

    assert muster("validate", f"{site.url}/x.zip").code == 3


def test_more_files_than_the_limit_are_3(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PACKAGE_FILES", 2)

    with pytest.raises(Refused, match="more than 2 files"):
        _open(f"{site.url}/data/plain/datapackage.json")


def test_a_body_that_ends_too_early_is_4_and_not_taken_for_the_whole(site: Site) -> None:
    csv = site.replies["/data/plain/data/people.csv"].body
    long = {"Content-Length": str(len(csv) + 10), "Connection": "close"}
    site.replies["/data/plain/data/people.csv"] = Reply(csv, headers=long)

    result = muster("validate", f"{site.url}/data/plain/datapackage.json")

    assert (result.code, result.stdout) == (4, "")


def test_a_server_that_goes_silent_is_4(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SILENCE_SECONDS", 0.1)
    site.replies["/plain.zip"] = Reply(b"PK", pause=0.5)

    with pytest.raises(Unavailable, match="went silent"):
        _open(f"{site.url}/plain.zip")


def test_a_server_that_drips_is_4_when_the_time_is_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FETCH_SECONDS", 0.2)
    site.replies["/plain.zip"] = Reply(b"P" * 100, pause=0.02, piece=1)

    with pytest.raises(Unavailable, match=r"longer than 0\.2 seconds"):
        _open(f"{site.url}/plain.zip")


def test_compressed_content_is_not_unpacked_behind_the_count(site: Site) -> None:
    site.replies["/plain.zip"] = Reply(b"\x1f\x8b", headers={"Content-Encoding": "gzip"})

    with pytest.raises(Unavailable, match="compressed, though asked not to"):
        _open(f"{site.url}/plain.zip")


def test_a_login_page_instead_of_an_archive_is_1(site: Site) -> None:
    site.replies["/plain.zip"] = Reply(b"<html>Please log in</html>")

    result = muster("validate", f"{site.url}/plain.zip")

    assert result.code == 1
    assert "no zip archive" in result.stderr


@pytest.mark.parametrize(
    ("url", "words"),
    [("https://127.0.0.1:1/x.zip", "not accept"), ("https://no-such-host.invalid/x.zip", "no such host")],
)
def test_a_server_that_is_not_there_is_4(url: str, words: str) -> None:
    result = muster("validate", url)

    assert result.code == 4
    assert words in result.stderr


def test_this_machine_is_not_asked_for_by_way_of_a_proxy_and_others_are(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    _open(f"{site.url}/plain.zip")
    with pytest.raises(Unavailable, match="proxy"):
        _open("https://example.org/x.zip")


def test_an_empty_answer_is_not_a_package(site: Site) -> None:
    site.replies["/plain.zip"] = Reply(b"")

    assert muster("validate", f"{site.url}/plain.zip").code == 1


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate, and its key, for 127.0.0.1 and 127.0.0.2, that nobody trusts."""
    file = tmp_path / "server.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test",
         "-addext", "subjectAltName=IP:127.0.0.1,IP:127.0.0.2", "-keyout", tmp_path / "key.pem", "-out", file],
        capture_output=True, check=True,
    )  # fmt: skip
    file.write_text(file.read_text() + (tmp_path / "key.pem").read_text())
    return file


def test_a_certificate_is_verified(certificate: Path, package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(certificate=certificate) as site:
        site.serve(package)
        assert "certificate" in muster("validate", f"{site.url}/datapackage.json").stderr

        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert muster("validate", f"{site.url}/datapackage.json").code == 0


def test_another_host_may_not_redirect_into_this_machine(
    certificate: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving("127.0.0.2", certificate) as other:
        other.redirect("/x.zip", f"{site.url}/plain.zip")
        with pytest.raises(Refused, match="into this machine"):
            _open(f"{other.url}/x.zip")

    assert site.asked == []
