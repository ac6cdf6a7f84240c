"""Speed and quality, measured; each module prints its figures and is run as ``python -m benchmarks.<name>``."""
