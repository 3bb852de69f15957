"""The microscope: one update taken apart, down to a single product."""

from engine.diagnosis import Ailment, Finding
from engine.microscope.dissection import Dissection, Look, Outsider, Unit, dissect, next_examples
from engine.microscope.plan import ACTS, COLUMNS, GRAINS, NUMBERS, Plan, Signals
from engine.microscope.program import PHASES, SETUP, Line, Program, Source

__all__ = [
    "ACTS",
    "COLUMNS",
    "GRAINS",
    "NUMBERS",
    "PHASES",
    "SETUP",
    "Ailment",
    "Dissection",
    "Finding",
    "Line",
    "Look",
    "Outsider",
    "Plan",
    "Program",
    "Signals",
    "Source",
    "Unit",
    "dissect",
    "next_examples",
]
