"""What people with similar histories turned to: models over the interactions of all users, and their scores for one."""

from shortlist_tools.ranking.collaborative.signal import CollaborativeSignal

__all__ = ["CollaborativeSignal"]
