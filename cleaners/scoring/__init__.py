"""Scorers: boosted trees as data, how they are asked about a row of facts, and the best path over what they say."""
