"""Sources from a URL, a site to a URL: the same bytes, and only what changed."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import fsspec
import pytest

from generator import storage
from generator.remote import MANIFEST, Remote, StorageError
from generator.storage import bring, local_site, mirror
from tests.conftest import SEEDS, make_project
from tests.workers.processes import Started, digest, files_of, wait_until


@pytest.fixture
def memory() -> Iterator[str]:
    """The URL of a folder in memory, for this test alone."""
    url = f"memory://{uuid4()}"
    yield url
    fs, root = fsspec.url_to_fs(url)
    if fs.exists(root):
        fs.rm(root, recursive=True)


def fill(url: str, files: dict[str, bytes]) -> None:
    fs, root = fsspec.url_to_fs(url)
    for name, content in files.items():
        fs.pipe_file(f"{root}/{name}", content)


def there(url: str) -> dict[str, bytes]:
    fs, root = fsspec.url_to_fs(url)
    return {path.removeprefix(f"{root}/"): fs.cat_file(path) for path in fs.find(root)}


def test_a_mirror_follows_its_source(memory: str, tmp_path: Path) -> None:
    fill(memory, {"a.txt": b"one", "deep/b.txt": b"two", ".hidden": b"no"})
    sources = mirror(tmp_path, memory)
    assert files_of(sources.folder) == {"a.txt": b"one", "deep/b.txt": b"two"}
    before = (sources.folder / "a.txt").stat().st_mtime_ns
    fs, root = fsspec.url_to_fs(memory)
    fs.rm(f"{root}/deep/b.txt")
    fill(memory, {"deep": b"a file now", "c.txt": b"three"})
    assert files_of(mirror(tmp_path, memory).folder) == {
        "a.txt": b"one",
        "c.txt": b"three",
        "deep": b"a file now",
    }
    assert (sources.folder / "a.txt").stat().st_mtime_ns == before


def test_what_was_changed_in_the_mirror_is_fetched_again(memory: str, tmp_path: Path) -> None:
    fill(memory, {"a.txt": b"one"})
    (mirror(tmp_path, memory).folder / "a.txt").write_bytes(b"else")
    assert files_of(mirror(tmp_path, memory).folder) == {"a.txt": b"one"}


@pytest.mark.parametrize("name", ["x\\..\\y.txt", "C:evil.txt", "a\nb.txt", "..x/y.txt", "con?.txt", "A.TXT"])
def test_names_that_are_none_here_are_problems(name: str, memory: str, tmp_path: Path) -> None:
    fill(memory, {name: b"evil", "a.txt": b"good", "AA.txt": b"good"})
    sources = mirror(tmp_path, memory)
    assert set(files_of(sources.folder)) <= {"a.txt", "AA.txt", "A.TXT"}
    assert len(sources.problems) + name.startswith(".") == 1
    assert not (tmp_path / "y.txt").exists()


def test_too_large_a_document_is_left_out(
    memory: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "MAX_BYTES", 3)
    fill(memory, {"a.txt": b"four", "b.txt": b"two"})
    sources = mirror(tmp_path, memory)
    assert list(files_of(sources.folder)) == ["b.txt"]
    assert [problem.level for problem in sources.problems] == ["error"]


def test_a_url_without_anything_is_an_error(memory: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no such folder"):
        mirror(tmp_path, memory)
    with pytest.raises(StorageError):
        mirror(tmp_path, "nosuch://bucket/seeds")


def test_a_site_is_brought_as_far_as_it_changed(memory: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name, content in {"index.html": b"one", "old/index.html": b"two", ".nojekyll": b""}.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
    fill(memory, {"a-persons.txt": b"stays"})
    assert bring(site, memory, {}) == 3
    assert bring(site, memory, {}) == 0
    (site / "old/index.html").unlink()
    (site / "index.html").write_bytes(b"other")
    assert bring(site, memory, {}) == 1
    found = there(memory)
    assert set(json.loads(found.pop(MANIFEST))) == {"index.html", ".nojekyll"}
    assert found == {"index.html": b"other", ".nojekyll": b"", "a-persons.txt": b"stays"}
    assert bring(site, memory, {}, anew=True) == 2


def test_a_site_is_brought_to_a_folder_of_a_disk(tmp_path: Path) -> None:
    site, url = tmp_path / "site", (tmp_path / "new" / "there").as_uri()
    for name in ("index.html", "papers/x/index.html"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(b"one")
    assert bring(site, url, {}) == 2
    (site / "papers/x/index.html").unlink()
    assert bring(site, url, {}) == 0
    assert set(files_of(tmp_path / "new" / "there")) == {"index.html", MANIFEST}


def test_a_name_with_brackets_is_no_pattern(memory: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    for name in ("plan1.txt", "plan[1].txt", "plan*.txt"):
        (site / name).write_bytes(b"one")
    assert bring(site, memory, {}) == 3
    for name in ("plan[1].txt", "plan*.txt"):
        (site / name).unlink()
    bring(site, memory, {})
    assert set(there(memory)) == {"plan1.txt", MANIFEST}


def test_a_hostile_manifest_removes_nothing_outside(memory: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_bytes(b"one")
    fill(memory, {"sites/x/" + MANIFEST: json.dumps({"../../kept.txt": "0", "/kept.txt": "0"}).encode()})
    fill(memory, {"kept.txt": b"stays"})
    assert bring(site, f"{memory}/sites/x", {}) == 1
    assert there(memory)["kept.txt"] == b"stays"


def test_an_interrupted_run_is_finished_by_the_next(
    memory: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "a.html").write_bytes(b"one")
    with monkeypatch.context() as patch:
        patch.setattr(Remote, "remove", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bring(site, memory, {})
    (site / "a.html").rename(site / "b.html")
    bring(site, memory, {})
    assert set(there(memory)) == {"b.html", MANIFEST}


@pytest.fixture
def bucket(start: Started) -> dict[str, str]:
    """The environment of a real S3-compatible server that keeps every version of what is written."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start("moto.server", "-H", "127.0.0.1", "-p", str(port))
    wait_until(lambda: _answers(port))
    environment = {
        "AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
    }  # fmt: skip
    _s3(
        environment,
        "s.create_bucket(Bucket='digest');"
        "s.put_bucket_versioning(Bucket='digest', VersioningConfiguration={'Status': 'Enabled'});"
        "[s.upload_file(str(p), 'digest', 'seeds/' + p.name)"
        " for p in sorted(pathlib.Path(sys.argv[1]).iterdir())]",
    )
    return environment


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _s3(environment: dict[str, str], statements: str) -> str:
    """What statements with a client `s` print, in a process of its own."""
    import sys

    code = f"import boto3, hashlib, json, pathlib, sys; s = boto3.client('s3'); {statements}"
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, str(SEEDS)],
        env={**os.environ, **environment}, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


def _versions(environment: dict[str, str]) -> list[list[str]]:
    """Name, MD5 and number of the version of everything that was ever written."""
    return json.loads(_s3(environment,
        "pages = s.get_paginator('list_object_versions').paginate(Bucket='digest');"
        "print(json.dumps([[v['Key'], v['ETag'].strip('\"'), v['VersionId']]"
        " for page in pages for v in page.get('Versions', ())]))"))  # fmt: skip


def test_s3_gives_sources_and_takes_the_site(bucket: dict[str, str], tmp_path: Path) -> None:
    from hashlib import md5

    here = make_project(tmp_path / "here")
    there = make_project(tmp_path / "there", seeds=None)
    local = digest(here, "build")
    build = ("build", "--seeds", "s3://digest/seeds", "--site-dir", "s3://digest/site")
    run = digest(there, *build, **bucket)
    assert run.code == local.code, run.err
    site = files_of(here / "site")
    assert files_of(local_site(there, "s3://digest/site")) == site
    first = _versions(bucket)
    found = {name.removeprefix("site/"): tag for name, tag, _ in first if name.startswith("site/")}
    del found[MANIFEST]
    assert found == {name: md5(content, usedforsecurity=False).hexdigest() for name, content in site.items()}
    again = digest(there, *build, **bucket)
    assert again.code == local.code, again.err
    assert _versions(bucket) == first


def test_a_bucket_that_is_not_there_is_not_made(
    bucket: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in bucket.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "index.html").write_bytes(b"one")
    with pytest.raises(
        StorageError, match="s3://digets/site cannot be used: The specified bucket does not exist"
    ):
        bring(tmp_path, "s3://digets/site", {})
    assert _s3(bucket, "print([b['Name'] for b in s.list_buckets()['Buckets']])") == "['digest']\n"


@pytest.mark.parametrize("url", ["s3://", "file:///"])
def test_a_url_without_a_place_is_refused(url: str) -> None:
    with pytest.raises(StorageError, match="names no place"):
        Remote(url)
