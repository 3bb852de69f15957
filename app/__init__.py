"""Everything that knows a browser exists: the web application around the engine."""

__version__ = "0.1.0"
