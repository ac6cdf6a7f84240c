"""Jobs: work that is done after the answer, in the worker."""
