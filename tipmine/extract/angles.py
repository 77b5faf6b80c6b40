"""Turns by right angles, of writing (counter-clockwise) and of pages (clockwise). Degrees."""

from __future__ import annotations

UPRIGHT = 0
QUARTER_TURN = 90
HALF_TURN = 180
THREE_QUARTER_TURN = 270
