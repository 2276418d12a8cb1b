"""Controlled vocabularies of tracing, after the data dictionary (docs/data-dictionary.md)."""

from enum import StrEnum


class Script(StrEnum):
    """The script of a written value; `MIXED` when two scripts share one value, `NONE` without letters."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"
    ARABIC = "arabic"
    MIXED = "mixed"
    OTHER = "other"
    NONE = "none"


class Certainty(StrEnum):
    """How a value is known. Blank (not asked) is the absence of a statement, not a certainty."""

    STATED = "stated"
    ESTIMATED = "estimated"
    INFERRED = "inferred"
    UNKNOWN = "unknown"  # asked, not known
    REFUSED = "refused"  # asked, not given


class StatedBy(StrEnum):
    """Who said it."""

    RELATIVE = "relative"
    SELF = "self"
    MOTHER = "mother"
    STAFF = "staff"
    DOCUMENT = "document"
    LIST = "list"
    UNKNOWN = "unknown"


class NameRole(StrEnum):
    """What part of a person's name a written value is; `FULL` when the parts are not told apart."""

    FULL = "full"
    GIVEN = "given"
    SURNAME = "surname"
    PATRONYMIC = "patronymic"
    KUNYA = "kunya"  # Abu / Umm somebody
    OTHER = "other"  # nickname, name after marriage or conversion, name in passport
    STAFF_GIVEN = "staff_given"  # given by an institution to a foundling: no evidence of identity


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class DatePrecision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    AGE = "age"  # derived from an age and an as-of date
    ABOUT = "about"
    UNKNOWN = "unknown"


class Calendar(StrEnum):
    GREGORIAN = "gregorian"
    HIJRI = "hijri"
    UNKNOWN = "unknown"


class AgeMethod(StrEnum):
    """How an age or a date of birth came to be known."""

    DOCUMENT = "document"
    STATED = "stated"
    STAFF_ESTIMATE = "staff_estimate"
    MEDICAL = "medical"
    UNKNOWN = "unknown"


class SoughtRole(StrEnum):
    """The role of a sought person inside the family of the request."""

    MOTHER = "mother"
    FATHER = "father"
    CHILD = "child"
    OTHER = "other"


class Relation(StrEnum):
    """Relationship words (Primero's family relationships, extended)."""

    MOTHER = "mother"
    FATHER = "father"
    GRANDMOTHER = "grandmother"
    GRANDFATHER = "grandfather"
    AUNT = "aunt"
    UNCLE = "uncle"
    BROTHER = "brother"
    SISTER = "sister"
    HUSBAND = "husband"
    WIFE = "wife"
    CHILD = "child"
    SON = "son"
    DAUGHTER = "daughter"
    GRANDCHILD = "grandchild"
    COUSIN = "cousin"
    GUARDIAN = "guardian"
    HEAD = "head"  # head of the household, on a list
    OTHER_FAMILY = "other_family"
    OTHER_NONFAMILY = "other_nonfamily"
    UNKNOWN = "unknown"


class Side(StrEnum):
    MATERNAL = "maternal"
    PATERNAL = "paternal"
    UNKNOWN = "unknown"


class PlaceKind(StrEnum):
    ORIGIN = "origin"
    LAST_KNOWN = "last_known"
    HELD_AT = "held_at"  # where the list says the person is: never leaves the staff side
    FOUND_AT = "found_at"
    TRANSFERRED_FROM = "transferred_from"
    OTHER = "other"


class LinkRelation(StrEnum):
    """What a candidate link claims."""

    SAME_PERSON = "same_person"
    IN_HOUSEHOLD_OF = "in_household_of"  # counted but not named in that row's household


class ConsentPurpose(StrEnum):
    MATCHING = "matching"
    VERIFICATION = "verification"
    CONTACT = "contact"
    PHOTO = "photo"
    DNA = "dna"
    STATISTICS = "statistics"


class ConsentRecipient(StrEnum):
    HOMEWARD = "homeward"  # the organisation that runs the matching and its reviewers
    PARTNER_NGO = "partner_ngo"
    ICRC = "icrc"
    UNHCR = "unhcr"
    STATE_OF_ORIGIN = "state_of_origin"
    DETAINING_AUTHORITY = "detaining_authority"  # never implied by any other


class Channel(StrEnum):
    WEB = "web"
    API = "api"
    NGO = "ngo"
    PHONE = "phone"
    LETTER = "letter"
    FILE = "file"
