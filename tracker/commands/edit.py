"""``tracker edit``: change an agreement by the paths of its fields, or as a whole in the user's editor."""

from typing import Annotated, Any

from tracker.commands import bulk
from tracker.commands.bulk import QueryOptions
from tracker.commands.edit_options import EditOptions
from tracker.commands.editing import Editable
from tracker.commands.editing import edit as edit_object
from tracker.errors import InvalidRecord, NotFound, UsageProblem
from tracker.law.oddities import new_oddities
from tracker.read.file.connection import Reader
from tracker.read.lookup import refs
from tracker.read.records import agreements
from tracker.record import claims
from tracker.record.document import complete, strip_read_only
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, command, query_argument
from tracker.store.validation.models import validate
from tracker.work import typed

Record = dict[str, Any]


@command
def edit(
    context: AppContext,
    which: Annotated[list[str], query_argument("REF | QUERY...", refs=True)],
    options: EditOptions,
    query: QueryOptions,
    change: ChangeOptions,
) -> None:
    """Change fields of an agreement, or of all that a query finds: title, parties[JPN].entity, events[e1].date.

    What has a colon, a quote or a bracket, or is @NAME, is a query, such as party:JPN x.owner:none; it changes many in
    one change, shows how many first, and asks.

    Without --set, --add and --remove the record is opened in $VISUAL or $EDITOR as JSON, and taken when it is saved,
    unless something is wrong with it; a text that is not taken is kept and named.
    """
    if bulk.names_many(which):
        bulk.edit(context, which, options, query, change)
        return
    if len(which) > 1:
        raise UsageProblem(f"{which[1]!r} is no term of a query; edit takes one ref, or terms such as party:JPN")
    edit_object(context, _agreement(context.today), which[0], options, change)


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
