"""The JSON of an answer put through a filter of jq: a result a line, texts as they are, all else as compact JSON.

The library ``jq`` does it; it takes the answer whole, so memory grows with it.
"""

from io import BytesIO
from json import dumps
from typing import BinaryIO

from tracker.errors import InvalidValue, Refused
from tracker.renderers import RenderOptions, json
from tracker.table import Answer
from tracker.text.safety import visible

INSTALL = "--jq needs the library jq; install it with: pip install 'treaty-tracker[jq]'"


def render(answer: Answer, out: BinaryIO, options: RenderOptions) -> None:
    """Write what the filter of ``options.asked`` gives.

    Raises InvalidValue for a filter that jq refuses, and Refused where the library is not there.
    """
    try:
        import jq  # type: ignore[import-not-found,unused-ignore] # an extra
    except ImportError:
        raise Refused(INSTALL) from None
    whole = BytesIO()
    json.render(answer, whole, RenderOptions())
    try:
        program = jq.compile(options.asked)
        out.writelines(_line(result, options) for result in program.input_text(whole.getvalue().decode()))
    except ValueError as error:
        raise InvalidValue(f"--jq {options.asked!r}: {' '.join(str(error).split())}") from None


def _line(result: object, options: RenderOptions) -> bytes:
    if not isinstance(result, str):
        encode = json.shown if options.terminal else json.encoded
        return encode(dumps(result, ensure_ascii=False, separators=(",", ":"))) + b"\n"
    text = visible(result, keep_lines=True) if options.terminal else result
    return text.encode(options.encoding, "backslashreplace") + b"\n"
