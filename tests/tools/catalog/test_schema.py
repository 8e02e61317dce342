"""The schema's lookups."""

import pytest

from shortlist_tools.catalog import Field, Schema

BRAND = Field(name="brand", kind="category", values={"Sony": {"en": ["Sony"], "zh": ["索尼"]}})


def test_a_value_is_known_by_its_words_in_any_case():
    assert [BRAND.canonical(word) for word in ("Sony", "SONY", "索尼", "Bose")] == ["Sony", "Sony", "Sony", None]
    assert BRAND.value_named("Sony", "zh") == "索尼"
    assert BRAND.value_named("Bose", "zh") == "Bose"


def test_a_changed_copy_forgets_what_the_original_looked_up():
    schema = Schema(fields=(BRAND,))
    assert schema.by_name["brand"].canonical("Bose") is None
    changed = BRAND.model_copy(update={"values": {"Bose": {}}})
    copied = schema.model_copy(update={"fields": (changed,)})
    assert copied.by_name["brand"].canonical("bose") == "Bose"
    assert copied.by_name["brand"].canonical("Sony") is None
    assert BRAND.says("索尼", "zh")
    assert not BRAND.says("索尼", "en")
    assert not BRAND.model_copy(update={"values": {"Bose": {}}}).says("索尼", "zh")
    assert schema.by_name["brand"].canonical("Sony") == "Sony"


def test_a_role_must_name_a_field_and_a_field_be_declared_once():
    with pytest.raises(ValueError, match="no field"):
        Schema(fields=(BRAND,), roles={"price": "cost"})
    with pytest.raises(ValueError, match="declared twice"):
        Schema(fields=(BRAND, BRAND))
