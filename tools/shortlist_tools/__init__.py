"""What can be known and done without deciding anything: catalog, search, profiles, ranking, drafting."""
