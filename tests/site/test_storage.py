import pytest

from commonplace.site.storage import Storage, measure_storage


@pytest.mark.django_db
def test_files_are_counted_by_the_folder_they_lie_in(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    for name, size in (("captions/a.vtt", 1000), ("captions/b/c.srt", 24), ("attachments/x.pdf", 7)):
        path = settings.MEDIA_ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(size))
    (settings.MEDIA_ROOT / "captions" / "elsewhere").symlink_to("/usr")
    storage = measure_storage()
    assert storage.media == {"attachments": 7, "captions": 1024}
    assert storage.free > 0
    assert storage.database >= 0


@pytest.mark.django_db
def test_a_site_without_media_has_none(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "none"
    assert measure_storage().media == {}


@pytest.mark.parametrize(("free", "expected"), [(2**29, True), (2**31, False), (2**33, False)])
def test_room_is_scarce_where_a_backup_might_not_fit(free, expected):
    assert Storage(database=2**20, media={"captions": 2**20}, free=free).is_scarce is expected
    assert Storage(database=2**40, media={}, free=free).is_scarce
