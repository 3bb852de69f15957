"""Fixtures for tests that speak to the application as a client."""

from collections.abc import Iterator

import pytest

from tests.app.learner import Learner, application, connected


@pytest.fixture
def learner() -> Iterator[Learner]:
    """A learner with the default run."""
    with application() as client, connected(client) as learner:
        learner.ask("hello")
        yield learner
