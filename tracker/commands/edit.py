"""``tracker edit``: change an agreement by the paths of its fields, or as a whole in the user's editor."""

from typing import Annotated, Any

from tracker import typed
from tracker.commands.edit_options import EditOptions
from tracker.commands.editing import Editable
from tracker.commands.editing import edit as edit_object
from tracker.context import AppContext
from tracker.domain import claims
from tracker.domain.oddities import new_oddities
from tracker.domain.record import complete, strip_read_only
from tracker.errors import InvalidRecord, NotFound
from tracker.options import ChangeOptions, command, ref_argument
from tracker.read import agreements, refs
from tracker.read.connection import Reader
from tracker.store.models import validate

Record = dict[str, Any]


@command
def edit(
    context: AppContext,
    ref: Annotated[str, ref_argument("The agreement.")],
    options: EditOptions,
    change: ChangeOptions,
) -> None:
    """Change fields of an agreement: title, binding, parties[JPN].entity, events[e1].date, extra.owner.

    Without --set, --add and --remove the whole record is opened in $VISUAL or $EDITOR as JSON, and taken when it is
    saved, unless something is wrong with it; a text that is not taken is kept and named.
    """
    edit_object(context, _agreement(context.today), ref, options, change)


def _agreement(today: str) -> Editable:
    return Editable(
        kind="agreement",
        command="tracker edit",
        find=refs.resolve,
        read=lambda reader, ref: strip_read_only(agreements.record(reader, ref, today)),
        version=_revision,
        apply=typed.apply,
        settle=settle,
        put=lambda writer, document: writer.put_agreement(document),
        codes=lambda reader: {
            "focus_areas": [row[0] for row in reader.tuples("SELECT code FROM focus_areas ORDER BY code")]
        },
    )


def _revision(reader: Reader, ref: str) -> int:
    row = reader.row("SELECT revision FROM agreements WHERE ref = :ref", {"ref": ref})
    if row is None:
        raise NotFound(f"no agreement {ref!r}; `tracker list` shows the refs")
    return int(row["revision"])


def settle(before: Record, edited: Record, ref: str) -> tuple[Record, list[str]]:
    """Return the edited record validated, claims whose field was changed no longer adopted, and a sentence on each.

    Everything but the claims is judged first, so that values are compared with those of claims in canonical form.
    """
    items = edited.get("claims") if isinstance(edited, dict) else None
    if not items or not isinstance(items, list) or not all(_is_claim(item) for item in items):
        plain = validate(edited, ref, "agreement")
        return plain, _odd(before, plain)
    document = validate({**edited, "claims": []}, ref, "agreement")
    document["claims"] = [complete(dict(item), "agreement.claims") for item in items]
    try:
        released = claims.reconcile(before, document)
    except claims.ClaimError as error:
        raise InvalidRecord(ref, [("claims", str(error))]) from error
    settled = validate(document, ref, "agreement")
    return settled, [*(claims.sentence(claim) for claim in released), *_odd(before, settled)]


def _odd(before: Record, after: Record) -> list[str]:
    return [f"odd: {oddity}" for oddity in new_oddities(before, after)]


def _is_claim(item: Any) -> bool:
    return isinstance(item, dict) and isinstance(item.get("field"), str) and isinstance(item.get("id", ""), str | None)
