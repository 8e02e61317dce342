"""Inferring a schema from any file: sketch its values, judge their kinds, assign roles, add words."""

from shortlist_tools.catalog.inference.infer import SAMPLE, Inference, infer, infer_schema

__all__ = ["SAMPLE", "Inference", "infer", "infer_schema"]
