"""A NumPy engine that shows how backpropagation works: import the modules by name."""
