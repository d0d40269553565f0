"""Reads a Dockerfile: which instructions there are, in which stage, with what words."""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Instruction(NamedTuple):
    """One instruction: its name in capitals and what follows, in one line."""

    name: str
    rest: str

    @property
    def words(self) -> list[str]:
        """What follows, as a list: the form in brackets, or words as a shell reads them."""
        _before, is_check, command = self.rest.rpartition("CMD ")
        text = command if is_check else self.rest  # of HEALTHCHECK
        return list(json.loads(text)) if text.startswith("[") else shlex.split(text)


@dataclass
class Stage:
    """One stage: what it starts from and what is done in it."""

    name: str
    base: str
    instructions: list[Instruction] = field(default_factory=list)

    def last(self, name: str) -> Instruction:
        """Return the instruction that counts where there may be several."""
        return [step for step in self.instructions if step.name == name][-1]

    def environment(self) -> dict[str, str]:
        """Return what ENV sets, in which nothing names another variable but PATH."""
        steps = [step for step in self.instructions if step.name == "ENV"]
        return dict(word.split("=", 1) for step in steps for word in step.words)


def read_stages(text: str) -> list[Stage]:
    """Return the stages of a Dockerfile in their order."""
    stages: list[Stage] = []
    for step in _instructions(text):
        if step.name == "FROM":
            base, _as, name = step.words
            stages.append(Stage(name, base))
        else:
            stages[-1].instructions.append(step)
    return stages


def _instructions(text: str) -> Iterator[Instruction]:
    lines = [line for line in text.splitlines() if not re.match(r"\s*#", line)]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        if line.strip():
            name, _space, rest = line.strip().partition(" ")
            yield Instruction(name.upper(), re.sub(r"  +", " ", rest.strip()))
