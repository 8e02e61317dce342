"""Items and what is known of them: schema, ingest, exact filters, facets, content understanding."""

from shortlist_tools.catalog.catalog import Catalog
from shortlist_tools.catalog.check import OPS, check_requirement
from shortlist_tools.catalog.columns import CategoryColumn, Column, MultiColumn, NumberColumn
from shortlist_tools.catalog.conditions import clauses, day_number, filters, iso_day
from shortlist_tools.catalog.document import Document, DocumentWriter, document_of
from shortlist_tools.catalog.errors import (
    IngestError,
    RequirementError,
    SchemaError,
    UnknownItemError,
    ValueRefusedError,
)
from shortlist_tools.catalog.facets import Facet, Near, Nearest, facets, nearest, sort_rows
from shortlist_tools.catalog.ingest import IngestReport, Progress
from shortlist_tools.catalog.item import Item, Review, localised
from shortlist_tools.catalog.requirement import SLATE, Op, Origin, Requirement, Status
from shortlist_tools.catalog.schema import Field, FieldKind, Role, Schema, Words
from shortlist_tools.catalog.schema_file import dump_schema, load_schema, parse_schema, save_schema
from shortlist_tools.catalog.snapshot import Snapshot

__all__ = [
    "OPS",
    "SLATE",
    "Catalog",
    "CategoryColumn",
    "Column",
    "Document",
    "DocumentWriter",
    "Facet",
    "Field",
    "FieldKind",
    "IngestError",
    "IngestReport",
    "Item",
    "MultiColumn",
    "Near",
    "Nearest",
    "NumberColumn",
    "Op",
    "Origin",
    "Progress",
    "Requirement",
    "RequirementError",
    "Review",
    "Role",
    "Schema",
    "SchemaError",
    "Snapshot",
    "Status",
    "UnknownItemError",
    "ValueRefusedError",
    "Words",
    "check_requirement",
    "clauses",
    "day_number",
    "document_of",
    "dump_schema",
    "facets",
    "filters",
    "iso_day",
    "load_schema",
    "localised",
    "nearest",
    "parse_schema",
    "save_schema",
    "sort_rows",
]
