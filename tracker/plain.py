"""Plain objects: what an object holds is what its class declares, and the class costs next to nothing to make.

A command is a fresh process, and a read makes two hundred such objects and two dozen such classes before it does
anything. A named tuple's class takes ten times as long, a dataclass's a hundred, for both compile source.
"""

from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Declared:
    """A row of a declaration: it holds what is said of it, and its class what goes without saying.

    mypy holds each row to its class; at run time nothing is checked.
    """

    _names: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls._names = (*cls._names, *[name for name in cls.__annotations__ if name[0] != "_"])

    def __init__(self, *values: Any, **said: Any) -> None:
        said.update(zip(self._names, values, strict=False))
        self.__dict__ = said

    def but(self, **said: Any) -> Self:
        """Return the same with other values."""
        return type(self)(**{**self.__dict__, **said})


class Value(Declared):
    """What is equal to another of its class that holds the same. mypy sees that nothing changes one that is made."""

    _needed: ClassVar[tuple[str, ...]] = ()
    _known: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._needed = tuple([name for name in cls._names if not hasattr(cls, name)])
        cls._known = frozenset(cls._names)

    def __init__(self, *values: Any, **said: Any) -> None:
        """Hold what is said; raises TypeError for a part that is lacking, that there is none of, or one too many."""
        if not self._known.issuperset(said) or len(values) > len(self._names):
            unknown = [*values[len(self._names) :], *said.keys() - self._known]
            raise TypeError(f"{type(self).__name__} has no place for {', '.join(map(repr, unknown))}")
        super().__init__(*values, **said)
        if lacking := [name for name in self._needed if name not in self.__dict__]:
            raise TypeError(f"{type(self).__name__} lacks {', '.join(lacking)}")

    @classmethod
    def part_names(cls) -> tuple[str, ...]:
        """Return the names of what it holds, in order."""
        return cls._names

    def parts(self) -> dict[str, Any]:
        """Return what it holds by name, in order."""
        return {name: getattr(self, name) for name in self._names}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Value) and type(self) is type(other) and self.parts() == other.parts()

    def __hash__(self) -> int:
        return hash(tuple(self.parts().values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.parts().items())})"
