"""Settings: everything has a default, and what is wrong is named with its file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from conftest import SITE_ID
from feedpub import config
from feedpub.config import Settings
from feedpub.errors import ConfigError


def _load(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "feedpub.toml"
    file.write_text(text, encoding="utf-8")
    return config.load(file)[0]


def test_no_settings_and_empty_settings_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert config.load(None) == (Settings(), Path())
    assert _load(tmp_path, "") == Settings()
    assert config.load(None) == (Settings(), Path())


def test_the_settings_paths_start_from_the_folder_of_the_file(tmp_path: Path) -> None:
    _load(tmp_path, "")
    assert config.load(tmp_path / "feedpub.toml")[1] == tmp_path


def test_named_settings_that_are_not_there_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml"):
        config.load(tmp_path / "none.toml")


@pytest.mark.parametrize("url", ["https://example.org", "http://example.org/news/", "https://a.example:8080/x?y"])
def test_an_absolute_address_is_accepted(tmp_path: Path, url: str) -> None:
    assert _load(tmp_path, f'[site]\nurl = "{url}"\n').site.url == url


@pytest.mark.parametrize(
    "url",
    [
        *("example.org", "//example.org/", "ftp://example.org/", "https://", "https:// x/", "a b"),
        *(
            "https://[::1",
            "https://a.example:99999/",
            "https://a.example:x/",
            "https://a<b/",
            "https://a.example/#feeds",
        ),
        "https://a.example/\\u0001",
    ],
)
def test_what_is_no_absolute_address_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(ConfigError, match=r"line 2.*site\.url"):
        _load(tmp_path, f'[site]\nurl = "{url}"\n')


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[feeds]\nformats = []\n", r"line 2: `feeds\.formats`: expected a list of at least one"),
        ('[guards]\nmax_shrink = "20%\\n"\n', r"line 2: `guards\.max_shrink`: expected a percentage"),
        ('[feeds]\nmax_bytes = "1MB\\n"\n', r"line 2: `feeds\.max_bytes`: expected a size"),
        ('[limits]\narticle = "1MB\\n"\n', r"line 2: `limits\.article`: expected a size"),
        ('[[sources]]\npath = "a\\u0000b"\n', r"line 2: `sources\.path`: expected a path"),
        ('[[sources]]\npath = "a"\nprofile = "\\u0000"\n', r"line 3: `sources\.profile`: expected"),
        ('[site]\nledger = "\\u0000"\n', r"line 2: `site\.ledger`: expected a path"),
        ('[site]\ntheme = "\\u0000"\n', r"line 2: `site\.theme`: expected a path"),
        (f"x = {'[' * 5000}\n", "no TOML: its lists or tables are nested too deep"),
        (f"x = {'{a=' * 5000}\n", "no TOML: its lists or tables are nested too deep"),
        ("[site]\n[site]\n", r"line 2: no TOML: cannot declare \[site\] twice"),
    ],
)
def test_what_no_site_can_be_made_with_is_refused_in_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        _load(tmp_path, text)


def test_settings_that_an_editor_saved_with_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    assert _load(tmp_path, '\ufeff[site]\ntitle = "Sluice"\n').site.title == "Sluice"


def test_settings_that_are_not_in_utf_8_are_refused_in_the_line_in_which_they_are_not(tmp_path: Path) -> None:
    (tmp_path / "feedpub.toml").write_bytes(b'[site]\ntitle = "K\xf6ln"\n')
    with pytest.raises(ConfigError, match="line 2: no TOML: it is not in UTF-8"):
        config.load(tmp_path / "feedpub.toml")


@pytest.mark.parametrize("table", ["[site]", '[[sources]]\npath = "seeds"'])
@pytest.mark.parametrize("tag", ["english", "en_US", "zz", "<b>", ""])
def test_L01_what_is_no_language_tag_is_refused(tmp_path: Path, table: str, tag: str) -> None:
    with pytest.raises(ConfigError, match=rf"line {2 + table.count(chr(10))}.*language.*no language tag"):
        _load(tmp_path, f'{table}\nlanguage = "{tag}"\n')


def test_the_line_of_a_key_is_found_in_its_own_table(tmp_path: Path) -> None:
    text = '[site]\ntitle = "limit = 3"\n\n[guards]\n\n[feeds]\n# limit = 5\nlimit = "many"\n'
    with pytest.raises(ConfigError, match="line 8"):
        _load(tmp_path, text)


def test_an_unknown_key_that_is_near_to_none_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="unknown key `qqqq`") as refused:
        _load(tmp_path, "[feeds]\nqqqq = 1\n")
    assert "limit" in refused.value.hint


def test_what_init_writes_is_valid_and_stands_at_its_defaults(tmp_path: Path) -> None:
    file = tmp_path / "feedpub.toml"
    config.create(file, title='Wire "1" \\ é', url="https://example.org/", site_id=SITE_ID)
    settings, _ = config.load(file)
    assert (settings.site.title, settings.site.url) == ('Wire "1" \\ é', "https://example.org/")
    assert settings.site.id == SITE_ID
    plain = Settings()
    assert msgspec.structs.replace(settings, site=plain.site) == plain


def test_every_line_that_init_comments_out_is_a_setting_that_is_valid(tmp_path: Path) -> None:
    file = tmp_path / "feedpub.toml"
    config.create(file, title="Wire", url="", site_id=SITE_ID)
    lines = []
    for line in file.read_text(encoding="utf-8").splitlines()[1:]:
        bare = line.removeprefix("# ")
        lines.append(bare if " = " in bare or bare.startswith("[") else line)
    msgspec.toml.decode("\n".join(lines), type=Settings)
