"""Everything that knows a browser exists: the web application around the engine."""
