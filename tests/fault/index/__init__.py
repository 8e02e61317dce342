"""What happens to an index when its writer is killed or its files are damaged."""
