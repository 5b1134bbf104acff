"""Fetching from the web, against a real https server on this machine."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import trustme

from glossary_ls.vfs import urls
from glossary_ls.vfs.credentials import credentials
from glossary_ls.vfs.remote import fetch
from glossary_ls.vfs.url_cache import UrlCache
from glossary_ls.vfs.urls import Origin
from tests.https_server import Request, Server, https_server, trust

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glossary_ls.vfs.url_cache import Fetched

TEXT = "SLO: Service Level Objective\n"
VARIABLES = ("NETRC", "GLOSSARY_LS_TOKENS", "https_proxy", "HTTPS_PROXY", "all_proxy", "no_proxy", "NO_PROXY")


def replies(status: int, body: str | bytes = b"", **headers: str) -> Callable[[Request], None]:
    content = body.encode() if isinstance(body, str) else body
    return lambda request: request.reply(status, content, **headers)


def wants_credentials(request: Request) -> None:
    if "Authorization" in request.headers:
        request.reply(200, TEXT.encode())
    else:
        request.reply(401, WWW_Authenticate="Basic")


def versioned(request: Request) -> None:
    if request.headers.get("If-None-Match") == '"one"':
        request.reply(304)
    else:
        request.reply(200, TEXT.encode(), ETag='"one"')


def dated(request: Request) -> None:
    date = "Mon, 30 Nov 2026 06:00:00 GMT"
    if request.headers.get("If-Modified-Since") == date:
        request.reply(304)
    else:
        request.reply(200, TEXT.encode(), Last_Modified=date)


def cut_off(request: Request) -> None:
    request.start(200, Content_Length="1000")
    request.wfile.write(b"x" * 10)


def cut_off_piece(request: Request) -> None:
    request.protocol_version = "HTTP/1.1"
    request.start(200, Transfer_Encoding="chunked")
    request.wfile.write(b"ff\r\nxxx")


def in_pieces(request: Request) -> None:
    request.protocol_version = "HTTP/1.1"
    request.start(200, Transfer_Encoding="chunked")
    for letter in TEXT:
        request.wfile.write(f"1\r\n{letter}\r\n".encode())
    request.wfile.write(b"0\r\n\r\n")


def dripping(write: Callable[[Request, bytes], object]) -> Callable[[Request], None]:
    def answer(request: Request) -> None:
        for _ in range(200):
            write(request, b"x")
            request.wfile.flush()
            time.sleep(0.05)

    return answer


def drip_body(request: Request) -> None:
    request.start(200)
    dripping(lambda request, data: request.wfile.write(data))(request)


def drip_head(request: Request) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    dripping(lambda request, data: request.wfile.write(data))(request)


def endless(request: Request) -> None:
    request.start(200)
    while True:
        request.wfile.write(b"x" * 65536)


def silent(_request: Request) -> None:
    time.sleep(5)


def hangs_up(request: Request) -> None:
    request.close_connection = True


def not_http(request: Request) -> None:
    request.wfile.write(b"SSH-2.0-secret\r\n\r\n")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(autouse=True)
def _environment(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SSL_CERT_FILE", trust(authority, tmp_path))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)


@pytest.fixture
def server(authority: trustme.CA) -> Iterator[Server]:
    with https_server(authority, {}) as running:
        yield running


@pytest.fixture
def cache(tmp_path: Path) -> UrlCache:
    return UrlCache(str(tmp_path / "cache" / "remote"))


def get(
    server: Server,
    cache: UrlCache,
    answer: Callable[[Request], None],
    *,
    timeout: float = 10,
    limit: int = 1_000_000,
    now: float = 0,
) -> Fetched:
    """Fetch /team.md, which is answered so."""
    server.answers["/team.md"] = answer
    return fetch(server.url("/team.md"), cache, timeout=timeout, limit=limit, now=lambda: now)


# --- what is read -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [replies(200, TEXT), in_pieces], ids=["whole", "in pieces"])
def test_a_file_is_copied_for_the_user_only(
    server: Server, cache: UrlCache, answer: Callable[[Request], None]
) -> None:
    found = get(server, cache, answer)
    assert (found.text, found.problem) == (TEXT, "")
    path = Path(found.path)
    assert (path.read_text(), path.name) == (TEXT, "team.md")
    assert path.stat().st_mode & 0o777 == 0o600
    assert all(each.stat().st_mode & 0o077 == 0 for each in Path(cache.folder).rglob("*"))
    assert server.requests[0][1]["Accept-Encoding"] == "identity"


@pytest.mark.parametrize("answer", [versioned, dated])
def test_a_copy_that_is_up_to_date_is_not_sent_again(
    server: Server, cache: UrlCache, answer: Callable[[Request], None]
) -> None:
    first = get(server, cache, answer, now=100)
    again = get(server, cache, answer, now=200)
    assert (first.when, again.when) == (100.0, 200.0)
    assert (again.text, again.path, again.etag) == (first.text, first.path, first.etag)
    copy = cache.copy_of(server.url("/team.md"))
    assert copy
    assert copy.when == 200.0


def test_a_damaged_copy_is_fetched_again(server: Server, cache: UrlCache) -> None:
    first = get(server, cache, versioned)
    Path(first.path).write_text("damaged")
    assert cache.copy_of(server.url("/team.md")) is None
    assert get(server, cache, versioned).text == TEXT
    header = next(Path(cache.folder).glob("*.json"))
    for damage in ("", "[]", "{}", '{"format": 1}', "\udcff"):
        header.write_bytes(damage.encode("utf-8", "surrogateescape"))
        assert cache.copy_of(server.url("/team.md")) is None
    assert "If-None-Match" not in server.requests[-1][1]


def test_text_is_decoded_as_that_of_files_is(server: Server, cache: UrlCache) -> None:
    for content in ("\ufeffé".encode(), "é".encode("utf-16")):
        assert get(server, cache, replies(200, content)).text == "é"


def test_a_copy_serves_when_the_server_is_gone(
    authority: trustme.CA, cache: UrlCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    with https_server(authority, {"/team.md": replies(200, TEXT)}) as server:
        url = server.url("/team.md")
        assert fetch(url, cache, now=lambda: 0.0).text == TEXT
    later = fetch(url, cache, now=lambda: 3 * 3600.0 + 5)
    assert (later.text, later.when) == (TEXT, 0.0)
    port = urls.origin(url).port
    assert later.problem == (
        f"{url}: 'localhost' refuses connections on port {port}; check the address and the network "
        "(the copy of 3 hours ago is used)"
    )
    monkeypatch.setenv("HOME", "/nonexistent")
    assert not fetch(url, UrlCache(cache.folder + "2")).path


def test_without_a_cache_folder_it_says_so(server: Server) -> None:
    found = get(server, UrlCache(""), replies(200, TEXT))
    assert found.text is None
    assert found.problem.endswith("no copy can be kept: there is no cache folder; set HOME or XDG_CACHE_HOME")


# --- what is not ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (replies(404), "file not found (404); correct the address, or put credentials for localhost"),
        (replies(410), "file not found (410)"),
        (replies(403), "the server wants credentials (403); put credentials for localhost in your .netrc"),
        (replies(429), "the server got too many requests (429)"),
        (replies(503), "the server has an error (503); it is asked again later"),
        (replies(204), "the server answers with status 204"),
        (replies(304), "the server answers with status 304"),
        (replies(200, "x", Content_Encoding="gzip"), "the server compresses the file ('gzip')"),
        (replies(200, "<p>", Content_Type="text/html; charset=utf-8"), "the server sent a web page"),
        (replies(200, "a\0b"), "it is not a text"),
        (replies(200, "x" * 2000), "the file is larger than 0.000954 MB; split it"),
        (endless, "the file is larger than 0.000954 MB; split it"),
        (cut_off, "the connection was cut off"),
        (cut_off_piece, "the connection was cut off"),
        (hangs_up, "the connection was cut off"),
        (drip_body, "the server does not answer fast enough (within 0.7 s)"),
        (drip_head, "the server does not answer fast enough (within 0.7 s)"),
        (silent, "the server does not answer fast enough (within 0.7 s)"),
        (not_http, "the server sent no valid HTTP (BadStatusLine)"),
        (replies(301), "it redirects to nowhere"),
        (replies(301, Location="//[x"), "it redirects to "),
    ],
)  # fmt: skip
def test_a_problem_names_cause_and_remedy(
    server: Server, cache: UrlCache, answer: Callable[[Request], None], problem: str
) -> None:
    started = time.monotonic()
    found = get(server, cache, answer, timeout=0.7, limit=1000)
    assert found.text is None
    assert found.problem.startswith(f"{server.url('/team.md')}: {problem}")
    assert time.monotonic() - started < 4
    assert not list(Path(cache.folder).rglob("*.md"))


def test_a_declared_size_is_enough_to_stop(server: Server, cache: UrlCache) -> None:
    found = get(server, cache, lambda request: request.start(200, Content_Length="5000000000"))
    assert "larger than" in found.problem


def test_an_old_copy_stays_when_a_new_one_is_cut_off(server: Server, cache: UrlCache) -> None:
    get(server, cache, replies(200, TEXT))
    found = get(server, cache, cut_off)
    assert found.text == TEXT
    assert found.problem.endswith("(the copy of less than a minute ago is used)")


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://example.org/a.md", "http://example.org/a.md: only https URLs are read"),
        ("file:///etc/passwd", "file:///etc/passwd: only https URLs are read"),
        ("https://me:secret@x.org/a.md", "https://x.org/a.md: a URL must not contain a user name"),
        ("https://secret@example.org/", "https://example.org/: a URL must not contain a user name"),
        ("https://good.org\\@evil.org/", "https://evil.org/: a URL must not contain a user name"),
        ("https://example.org/a b", "'https://example.org/a b': a URL has ASCII characters only"),
        ("https://example.org/\r\nX: y", "'https://example.org/X: y': a URL has ASCII characters only"),
        ("https://ex\u0430mple.org/", "'https://ex\u0430mple.org/': a URL has ASCII characters only"),
        ("https://example.org:99999/", "https://example.org:99999/: it is not a valid URL"),
        ("https://example.org:0/", "https://example.org:0/: it is not a valid URL"),
        ("https:///a", "https:///a: it is not a valid URL"),
        ("https://a..b/", "https://a..b/: it is not a valid URL"),
        ("https://[::1/", "'https://[::1/': it is not a valid URL"),
        (f"https://{'x' * 64}.org/", f"https://{'x' * 64}.org/: it is not a valid URL"),
    ],
)  # fmt: skip
def test_an_address_that_is_not_requested(cache: UrlCache, url: str, problem: str) -> None:
    found = fetch(url, cache)
    assert found.problem.startswith(problem)
    assert "secret" not in found.problem


def test_an_unknown_host(cache: UrlCache) -> None:
    found = fetch("https://no-such-host.invalid/a.md", cache)
    assert found.problem == (
        "https://no-such-host.invalid/a.md: there is no host 'no-such-host.invalid'; check the address and "
        "the network"
    )


def test_a_server_of_another_authority_is_not_trusted(cache: UrlCache) -> None:
    with https_server(trustme.CA(), {"/team.md": replies(200, TEXT)}) as server:
        found = get(server, cache, replies(200, TEXT))
        assert "the certificate of the server is not trusted" in found.problem
        assert found.problem.endswith("name its file in the variable SSL_CERT_FILE")
        assert server.asked == []


def test_a_certificate_for_another_host_is_not_trusted(authority: trustme.CA, cache: UrlCache) -> None:
    with https_server(authority, {}, ["example.org"]) as server:
        found = get(server, cache, replies(200, TEXT))
        assert "the certificate of the server is not trusted (Hostname mismatch" in found.problem
        assert server.asked == []


def test_a_server_without_tls(cache: UrlCache) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        found = fetch(f"https://localhost:{port}/", cache)
    assert "no secure connection to 'localhost'" in found.problem


def test_a_server_that_never_shakes_hands(cache: UrlCache) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = fetch(f"https://localhost:{listener.getsockname()[1]}/", cache, timeout=0.5)
    assert "the server does not answer fast enough (within 0.5 s)" in found.problem


# --- redirects and credentials ----------------------------------------------------------------------------


def test_redirects_are_followed_and_the_copy_is_that_of_the_url(server: Server, cache: UrlCache) -> None:
    server.answers["/deep/moved.txt"] = replies(200, TEXT)
    found = get(server, cache, replies(302, Location="deep/moved.txt"))
    assert (found.text, Path(found.path).name) == (TEXT, "team.md")


def test_redirects_in_a_circle_end(server: Server, cache: UrlCache) -> None:
    assert "it redirects more than 5 times" in get(server, cache, replies(301, Location="/team.md")).problem
    assert len(server.asked) == 6


@pytest.mark.parametrize("scheme", ["http", "ftp", "file"])
def test_a_redirect_to_something_else_than_https_is_refused(
    server: Server, cache: UrlCache, scheme: str
) -> None:
    target = f"{scheme}://localhost:{server.port}/x"
    found = get(server, cache, replies(302, Location=target))
    assert f": it redirects to {target}, but only https URLs are read" in found.problem
    assert server.asked == ["/team.md"]


def netrc(folder: Path, text: str) -> None:
    path = folder / ".netrc"
    path.write_text(text)
    path.chmod(0o600)


def test_credentials_of_netrc(server: Server, cache: UrlCache, tmp_path: Path) -> None:
    found = get(server, cache, wants_credentials)
    assert "the server wants credentials (401)" in found.problem
    assert "GLOSSARY_LS_TOKENS (localhost=TOKEN)" in found.problem
    netrc(tmp_path, "machine localhost login me password secret\n")
    assert get(server, cache, wants_credentials).text == TEXT
    assert server.requests[-1][1]["Authorization"] == "Basic bWU6c2VjcmV0"
    found = get(server, cache, replies(403))
    assert "the server refuses the credentials (403); check credentials for localhost" in found.problem


def test_credentials_of_another_file_and_of_the_environment(
    server: Server, cache: UrlCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc(tmp_path, "machine localhost login me password home\n")
    other = tmp_path / "other"
    other.write_text("machine localhost login me password secret\n")
    monkeypatch.setenv("NETRC", str(other))
    assert get(server, cache, wants_credentials).text == TEXT
    assert server.requests[-1][1]["Authorization"] == "Basic bWU6c2VjcmV0"
    monkeypatch.setenv("GLOSSARY_LS_TOKENS", "example.org=other localhost=abc=")
    assert get(server, cache, wants_credentials).text == TEXT
    assert server.requests[-1][1]["Authorization"] == "Bearer abc="


def test_a_damaged_netrc_is_named_but_not_quoted(server: Server, cache: UrlCache, tmp_path: Path) -> None:
    netrc(tmp_path, "machine localhost\nlogin me\nsecret\n")
    found = get(server, cache, wants_credentials)
    assert f"({tmp_path / '.netrc'} has an error near line" in found.problem
    assert "secret" not in found.problem


def test_credentials_are_for_the_host_that_they_name_only(tmp_path: Path) -> None:
    netrc(tmp_path, "machine git.example.org login me password secret\ndefault login me password secret\n")
    environ = {"HOME": str(tmp_path), "GLOSSARY_LS_TOKENS": "a.example.org=one b.example.org:8443=two broken"}
    assert credentials(Origin("git.example.org", 443), environ).header
    for host in ("example.org", "x.git.example.org", "git-example.org", "default", "broken"):
        assert not credentials(Origin(host, 443), environ).header
    assert credentials(Origin("a.example.org", 1), environ).header == "Bearer one"
    assert not credentials(Origin("b.example.org", 443), environ).header
    assert credentials(Origin("b.example.org", 8443), environ).header == "Bearer two"
    assert "one" not in repr(credentials(Origin("a.example.org", 1), environ))


def test_credentials_do_not_follow_a_redirect_to_another_host(
    server: Server, cache: UrlCache, tmp_path: Path
) -> None:
    netrc(tmp_path, "machine localhost login me password a\nmachine 127.0.0.1 login me password b\n")
    server.answers["/same"] = replies(302, Location=server.url("/other", "127.0.0.1"))
    server.answers["/other"] = replies(302, Location=server.url("/back"))
    server.answers["/back"] = replies(200, TEXT)
    assert get(server, cache, replies(302, Location="/same")).text == TEXT
    sent = {path: "Authorization" in headers for path, headers in server.requests}
    assert sent == {"/team.md": True, "/same": True, "/other": False, "/back": False}


# --- proxies ----------------------------------------------------------------------------------------------


@contextmanager
def proxy(status: bytes = b"200 OK") -> Iterator[tuple[int, list[bytes]]]:
    """Run a proxy for one connection; yield its port and the heads that it got."""
    heads: list[bytes] = []

    def pump(source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            head = b""
            while b"\r\n\r\n" not in head:
                head += connection.recv(1)
            heads.append(head)
            connection.sendall(b"HTTP/1.1 " + status + b"\r\n\r\n")
            if status.startswith(b"200"):
                host, _, port = head.split()[1].decode().partition(":")
                with socket.create_connection((host, int(port)), 10) as there:
                    back = threading.Thread(target=pump, args=(there, connection), daemon=True)
                    back.start()
                    pump(connection, there)
                    back.join(10)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1], heads


def test_the_proxy_of_the_environment_is_used(
    server: Server, cache: UrlCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOSSARY_LS_TOKENS", "localhost=secret")
    with proxy() as (port, heads):
        monkeypatch.setenv("https_proxy", f"http://me:pass%20word@127.0.0.1:{port}")
        assert get(server, cache, wants_credentials).text == TEXT
        assert heads[0].startswith(f"CONNECT localhost:{server.port} ".encode())
        assert b"Proxy-Authorization: Basic bWU6cGFzcyB3b3Jk\r\n" in heads[0]
        assert b"secret" not in heads[0]
        assert "Proxy-Authorization" not in server.requests[-1][1]
    monkeypatch.setenv("no_proxy", "localhost")
    assert get(server, cache, wants_credentials).problem == ""


def test_a_proxy_that_refuses(server: Server, cache: UrlCache, monkeypatch: pytest.MonkeyPatch) -> None:
    with proxy(b"407 Log in") as (port, _):
        monkeypatch.setenv("https_proxy", f"127.0.0.1:{port}")
        found = get(server, cache, replies(200, TEXT))
    assert "no connection to '127.0.0.1' (Tunnel connection failed: 407 Log in)" in found.problem
    monkeypatch.setenv("https_proxy", "socks5://me:secret@127.0.0.1:1")
    found = get(server, cache, replies(200, TEXT))
    assert found.problem.endswith(
        "the variable https_proxy is not the http:// address of a proxy; correct it"
    )
    assert server.asked == []


# --- names ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://x.org/a/GLOSSARY.md?ref=main#x", "GLOSSARY.md"),
        ("https://x.org/team.glossary.yaml", "team.glossary.yaml"),
        ("https://x.org/a%20b.csv", "a_20b.csv"),
        ("https://x.org/", "glossary"),
        ("https://x.org/a/..", "glossary"),
        ("https://x.org/..%2f..%2fx.md", ".._2f.._2fx.md"),
        (f"https://x.org/{'x' * 300}.md", f"{'x' * 77}.md"),
    ],
)
def test_the_name_of_a_copy_keeps_the_suffix(url: str, name: str) -> None:
    cache = UrlCache("/c")
    assert cache.path_of(url) == f"/c/{urls.digest(url)}/{name}"
    assert cache.path_of(url) != cache.path_of(url + "x")


def test_a_query_is_not_shown() -> None:
    assert urls.shown("https://x.org:8443/a.md?token=secret") == "https://x.org:8443/a.md?..."
    assert urls.is_url("https://x.org/")
    assert not urls.is_url("c:/x.md")
    assert not urls.is_url("docs/https.md")
