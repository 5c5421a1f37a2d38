"""Scorers: boosted trees as data, how a row of facts gets its logit, and the best path over a row of logits."""
