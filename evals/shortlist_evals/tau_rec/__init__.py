"""Scripted movie goers of tau-rec: goals that are told, asked for or hidden, and the policies of a movie desk."""

from shortlist_evals.tau_rec.suite import render, run

__all__ = ["render", "run"]
