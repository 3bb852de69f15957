"""The graph room: a snippet's expression graph, laid out, folded, exported and descended."""
