"""The encoding of a text file is recognised, or the uploader is asked: never silent mojibake."""

# ruff: noqa: E501 - a small file is read as a whole

import pytest

from service.imports import FileRejected, ListReading, ReadOptions, read_list

ARABIC = (
    "ت;الاسم;اسم الأم;الجنس;العمر;مكان الإيواء\n"
    "1;زالينة التجريبية;رئيسة;انثى;7;دار التجربة\n2;طاهر سلطانوف;ساعدة;ذكر;5;دار التجربة\n3;مكة داود;تمارا;انثى;3;سجن التجربة\n"
)
RUSSIAN = (
    "Номер;ФИО;Имя матери;Пол;Возраст;Примечание\n"
    "1;Тестова Залина;Раиса;ж;7;с матерью\n2;Пробный Мурад;Салима;м;5;шрам на руке\n3;ОБРАЗЦОВА МАДИНА;ПАТИМАТ;Ж;3;\n"
)
FRENCH = (
    "N°;Nom;Prénom;Sexe;Âge;Remarques\n"
    "1;Testova;Zélina;F;7;avec sa mère, née à l'étranger\n2;Probov;Mourâd;M;5;père décédé, frère aîné à la maison\n"
)
TURKISH = "Sıra;Adı Soyadı;Cinsiyet;Yaş;Açıklama\n1;Zelina Tesçi;K;7;annesiyle, kardeşi çadırda\n2;Muğla Şahin İğde;E;5;babası öldü, göğsünde yara izi\n"


def read(text: str, encoding: str, told: str | None = None) -> ListReading:
    return read_list(text.encode(encoding), "list.csv", ReadOptions(list_id="t", encoding=told))


def names(reading: ListReading) -> list[str]:
    return [name for record in reading.records for name in record.person.written()]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(ARABIC, e) for e in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "iso8859-6")]
    + [
        (RUSSIAN, e)
        for e in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r", "cp866", "iso8859-5")
    ]
    + [(FRENCH, e) for e in ("utf-8", "cp1252")]
    + [(TURKISH, e) for e in ("utf-8", "cp1254")],
)
def test_right_or_asked(text: str, encoding: str) -> None:
    """The names come out as written; a reading that is not sure offers the right one among its choices."""
    reading = read(text, encoding)
    expected = names(read(text, "utf-8"))
    if reading.file.encoding_sure:
        assert names(reading) == expected
    else:
        choices = {choice.encoding for choice in reading.file.encoding_choices}
        assert any(names(read(text, encoding, told=choice)) == expected for choice in choices)
        assert "encoding" in {question.code for question in reading.questions}


@pytest.mark.parametrize(
    ("text", "encoding"), [(ARABIC, "cp1256"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "cp866")]
)
def test_ordinary_lists_are_sure(text: str, encoding: str) -> None:
    """A few rows in the usual encodings need no question."""
    reading = read(text, encoding)
    assert (reading.file.encoding, reading.file.encoding_sure) == (encoding, True)


@pytest.mark.parametrize("text", ["Name,Age\nÀé,5\n", "Имя;Возраст\nЯн;5\n"])
def test_too_little_text_asks(text: str) -> None:
    """Two letters do not settle an encoding."""
    encoding = "cp1252" if "À" in text else "koi8-r"
    reading = read_list(text.replace("Имя;Возраст", "Name;Age").encode(encoding), "list.csv")
    assert not reading.file.encoding_sure
    assert reading.file.encoding_choices
    assert all(choice.sample for choice in reading.file.encoding_choices)


def test_the_uploader_decides() -> None:
    """A told encoding is obeyed, even where another would be guessed."""
    assert names(read(RUSSIAN, "koi8-r", told="koi8-r")) == names(read(RUSSIAN, "utf-8"))
    assert read(RUSSIAN, "koi8-r", told="cp1251").file.encoding == "cp1251"


@pytest.mark.parametrize(
    ("told", "code"),
    [("utf-8", "wrong_encoding"), ("klingon", "unknown_encoding"), ("utf-7", "unknown_encoding")],
)
def test_an_encoding_that_cannot_be(told: str, code: str) -> None:
    with pytest.raises(FileRejected) as refused:
        read(RUSSIAN, "cp1251", told=told)
    assert refused.value.code == code
