"""Languages of the public pages."""

# every language that has a catalogue, in the order in which pages offer them
KNOWN = ("ru", "en", "ar", "fr", "tr", "uz", "tg", "kk", "ky", "ce")
# on unless an operator says otherwise; the others wait for a native reader
USUAL = ("ru", "en", "ar")
