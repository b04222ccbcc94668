from pathlib import Path

import pytest

from videogen.build.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "store"), limit=1_000_000)


def _put(store: Store, folder: Path, key: str, data: bytes) -> None:
    file = folder / f"{key}.bin"
    file.write_bytes(data)
    store.put(key, {"out": str(file)}, {"seconds": 1.5})


def test_what_was_put_comes_back(store: Store, tmp_path: Path) -> None:
    _put(store, tmp_path, "k" * 64, b"film")
    entry = store.get("k" * 64)
    assert entry is not None
    assert entry.values == {"seconds": 1.5}
    target = tmp_path / "new" / "film.bin"
    assert store.restore(entry, {"out": str(target)})
    assert target.read_bytes() == b"film"


def test_an_unknown_key_is_not_there(store: Store) -> None:
    assert store.get("a" * 64) is None


def test_a_damaged_blob_restores_nothing_and_is_put_again(store: Store, tmp_path: Path) -> None:
    _put(store, tmp_path, "k" * 64, b"film")
    blob = next(path for path in Path(store.folder, "blobs").rglob("*") if path.is_file())
    blob.write_bytes(b"fail")
    target = tmp_path / "out.bin"
    target.write_bytes(b"before")
    entry = store.get("k" * 64)
    assert entry is not None
    assert not store.restore(entry, {"out": str(target)})
    assert target.read_bytes() == b"before"
    _put(store, tmp_path, "k" * 64, b"film")
    entry = store.get("k" * 64)
    assert entry is not None
    assert store.restore(entry, {"out": str(target)})
    assert target.read_bytes() == b"film"


def test_a_blob_that_another_process_evicts_in_between_restores_nothing(store: Store, tmp_path: Path) -> None:
    _put(store, tmp_path, "k" * 64, b"film")
    entry = store.get("k" * 64)
    assert entry is not None
    store.clear()
    assert not store.restore(entry, {"out": str(tmp_path / "out.bin")})
    assert not (tmp_path / "out.bin").exists()


def test_a_blob_cut_short_is_a_miss(store: Store, tmp_path: Path) -> None:
    _put(store, tmp_path, "k" * 64, b"film")
    next(path for path in Path(store.folder, "blobs").rglob("*") if path.is_file()).write_bytes(b"f")
    assert store.get("k" * 64) is None


def test_eviction_removes_what_was_used_longest_ago(tmp_path: Path) -> None:
    import os

    store = Store(str(tmp_path / "store"), limit=2_500)
    for index in range(3):
        _put(store, tmp_path, str(index) * 64, bytes([index]) * 1_000)
    for blob in Path(store.folder, "blobs").rglob("*"):
        if blob.is_file():
            os.utime(blob, (blob.read_bytes()[0], blob.read_bytes()[0]))
    assert store.get("0" * 64) is not None  # used just now
    assert store.evict() == 1_000
    assert [store.get(str(index) * 64) is not None for index in range(3)] == [True, False, True]
    assert store.stats().keys == 2


def test_equal_files_are_kept_once(store: Store, tmp_path: Path) -> None:
    _put(store, tmp_path, "a" * 64, b"same")
    _put(store, tmp_path, "b" * 64, b"same")
    assert (store.stats().keys, store.stats().blobs) == (2, 1)


def test_clear_removes_everything(store: Store, tmp_path: Path) -> None:
    _put(store, tmp_path, "a" * 64, b"same")
    assert store.clear() > 0
    assert (store.stats().keys, store.stats().blobs, store.stats().size) == (0, 0, 0)
