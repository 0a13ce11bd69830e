"""The vector index: ids and vectors in a LanceDB table, and nothing that could be read.

A cache of what the store holds. LanceDB makes no fsync, so nothing here is trusted before a real
query has gone through it; whatever fails is reported as IndexDamaged, and the cure is `reset`.
Search is exact over a few rows (20,000 take about 15 ms); of many, it looks exactly at those alone
that come near in a `sketch` of them. Must hold no text.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from desktop.domain.documents import IndexHealth, Similar
from desktop.domain.errors import DiskFull, EscritoireError, IndexDamaged
from desktop.workers.retriever.sketch import Rows, Sketch

if TYPE_CHECKING:
    from lancedb.table import Table

TABLE = "chunks"
RECORD = "index.json"  # what the vectors were made with
FORMAT = 1
SKETCHED = 20_000  # rows from which a sketch says where to look
# Rows looked at exactly for each that is wanted, and at least.
LOOKED_AT, FEWEST_LOOKED_AT = 16, 800
ROWS_AT_ONCE = 65_536  # that the sketch is drawn from

VERSIONS_KEPT = 50  # every change makes one; then they are merged into one and removed

# How Linux, macOS and Windows say that a file cannot grow, as it comes through LanceDB's messages.
_NO_ROOM = ("No space left", "File too large", "Disk quota", "not enough space", "os error 28")


class VectorIndex:
    """The index in `folder`, of vectors of one embedder. For one process and one thread."""

    def __init__(self, folder: Path, embedder: str, dimensions: int) -> None:
        self._folder = folder
        self._made_with = {"format": FORMAT, "embedder": embedder, "dimensions": dimensions}
        self._dimensions = dimensions
        self._open_table: Table | None = None
        self._sketch: Sketch | None = None  # drawn when it is first needed

    def add(self, chunk_ids: Sequence[int], document_ids: Sequence[int], vectors: bytes) -> None:
        """Add rows; `vectors` are float16 rows. A chunk that is there already is replaced.

        Raises ValueError if the three do not fit together, IndexDamaged, DiskFull.
        """
        import pyarrow as pa

        if len(chunk_ids) != len(document_ids) or len(vectors) != self._row_size * len(chunk_ids):
            raise ValueError("ids and vectors do not fit together")
        if not chunk_ids:
            return
        rows = np.frombuffer(vectors, dtype="<f2").astype(np.float16)
        if not np.isfinite(rows).all():
            raise ValueError("a vector is not finite")
        columns = [
            pa.array(chunk_ids, pa.int64()),
            pa.array(document_ids, pa.int64()),
            pa.FixedSizeListArray.from_arrays(pa.array(rows), self._dimensions),
        ]
        with self._explained():
            table = self._table(create=True)
            table.delete(f"chunk_id IN ({_listed(chunk_ids)})")
            table.add(pa.table(columns, schema=self._schema()))
            if self._sketch is not None:
                only = f"chunk_id IN ({_listed(chunk_ids)})"
                for added in self._rows(table, len(chunk_ids), only):
                    self._sketch.put(added)
            self._tidy(table)

    def remove(self, document_ids: Sequence[int]) -> None:
        """Drop every row of these documents for good. Raises IndexDamaged, DiskFull.

        LanceDB only notes that rows are gone, and merging its files takes along those of which
        little is gone. So what is left is written anew, which for 20,000 rows takes 0.1 s.
        """
        if not document_ids:
            return
        with self._explained():
            table = self._table(create=True)
            which = f"document_id IN ({_listed(document_ids)})"
            if not table.count_rows(which):
                return
            table.delete(which)
            self._write_anew(table)

    def _write_anew(self, table: Table) -> None:
        import lancedb

        rows = table.search().to_batches()
        self.close()
        self._open_table = lancedb.connect(self._folder).create_table(
            TABLE, data=rows, schema=self._schema(), mode="overwrite"
        )
        self._merge(self._open_table)

    def nearest(
        self, vector: npt.NDArray[np.float32], limit: int, document_ids: Sequence[int] | None
    ) -> list[Similar]:
        """The `limit` chunks whose vectors have the largest cosine with `vector`, best first.

        `document_ids` None means everywhere. Raises IndexDamaged.
        """
        if document_ids is not None and not document_ids:
            return []
        with self._explained():
            return self._search(self._table(create=True), vector, limit, document_ids)

    def count(self) -> int:
        """How many rows there are. Raises IndexDamaged."""
        with self._explained():
            rows: int = self._table(create=True).count_rows()
            return rows

    def probe(self) -> IndexHealth:
        """Open the index afresh, read every id and run one real query over every vector.

        Raises nothing for an index that is missing or damaged: the reason says so.
        """
        self.close()
        try:
            table = self._table(create=False)
            rows = table.count_rows()
            ids = table.search().select(["chunk_id"]).limit(max(1, rows)).to_arrow()["chunk_id"]
            if len(ids) != rows or (rows and np.asarray(ids).min() <= 0):
                return IndexHealth(False, rows, "its rows are damaged")
            direction = np.random.default_rng().standard_normal(self._dimensions)
            found = self._search(table, direction.astype(np.float32), 1 if rows else 0, None)
        except Exception as error:  # noqa: BLE001 - anything at all means: do not trust it
            self.close()
            return IndexHealth(False, 0, _reason(error))
        if rows and not (found and abs(found[0].similarity) <= 1.01):
            return IndexHealth(False, rows, "a query found nothing")
        return IndexHealth(True, rows, "")

    def reset(self) -> None:
        """An empty index, whatever was there. Raises DiskFull, IndexDamaged."""
        self.close()
        with self._explained():
            if self._folder.is_symlink() or self._folder.is_file():
                self._folder.unlink()
            shutil.rmtree(self._folder, ignore_errors=True)
            self._table(create=True)

    def close(self) -> None:
        self._open_table = None
        self._sketch = None

    # -- the table

    @property
    def _row_size(self) -> int:
        return 2 * self._dimensions  # bytes

    def _schema(self) -> Any:
        import pyarrow as pa

        return pa.schema(
            [
                pa.field("chunk_id", pa.int64(), nullable=False),
                pa.field("document_id", pa.int64(), nullable=False),
                pa.field("vector", pa.list_(pa.float16(), self._dimensions), nullable=False),
            ]
        )

    def _table(self, *, create: bool) -> Table:
        """The table, opened once; made, where `create` says so and there is none yet."""
        if self._open_table is not None:
            return self._open_table
        import lancedb

        record = self._folder / RECORD
        if not record.exists() and not create:
            raise FileNotFoundError("it is missing")
        if not record.exists():
            # Without its record, what lies here was never finished, or was made by nobody we know.
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(mode=0o700, parents=True)
            lancedb.connect(self._folder).create_table(TABLE, schema=self._schema())
            part = record.with_suffix(".part")
            part.write_text(json.dumps(self._made_with), encoding="utf-8")
            part.replace(record)
        if json.loads(record.read_text(encoding="utf-8")) != self._made_with:
            raise ValueError("it was made with another embedding model")
        self._open_table = lancedb.connect(self._folder).open_table(TABLE)
        return self._open_table

    def _search(
        self,
        table: Table,
        vector: npt.NDArray[np.float32],
        limit: int,
        document_ids: Sequence[int] | None,
    ) -> list[Similar]:
        if limit < 1:
            return []
        if table.count_rows() >= SKETCHED:
            return self._search_sketch(table, vector, limit, document_ids)
        query = table.search(vector, vector_column_name="vector").distance_type("cosine")
        if document_ids is not None:
            query = query.where(f"document_id IN ({_listed(document_ids)})", prefilter=True)
        found = query.select(["chunk_id", "_distance"]).limit(limit).to_arrow()
        pairs = zip(found["chunk_id"].to_pylist(), found["_distance"].to_pylist(), strict=True)
        return [
            Similar(chunk_id, 1.0 - distance)
            for chunk_id, distance in pairs
            if distance is not None and np.isfinite(distance)
        ]

    def _search_sketch(
        self,
        table: Table,
        vector: npt.NDArray[np.float32],
        limit: int,
        document_ids: Sequence[int] | None,
    ) -> list[Similar]:
        if self._sketch is None:
            self._sketch = Sketch(self._dimensions, self._rows(table, table.count_rows()))
        wanted = max(LOOKED_AT * limit, FEWEST_LOOKED_AT)
        places = self._sketch.nearest(vector, wanted, document_ids)
        if not places:
            return []
        found = table.take_row_ids(places).select(["chunk_id", "vector"]).to_arrow()
        rows = _matrix(found["vector"].combine_chunks(), self._dimensions).astype(np.float32)
        lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(vector)
        with np.errstate(divide="ignore", invalid="ignore"):
            cosines = (rows @ vector.astype(np.float32)) / lengths
        order = np.argsort(-np.nan_to_num(cosines, nan=-np.inf), kind="stable")[:limit]
        chunk_ids = found["chunk_id"].to_numpy()
        return [
            Similar(int(chunk_ids[at]), float(cosines[at]))
            for at in order
            if np.isfinite(cosines[at])
        ]

    def _rows(self, table: Table, count: int, only: str | None = None) -> Iterator[Rows]:
        """The table's rows, all or those of which a condition holds, with their places."""
        query = table.search().with_row_id(True).select(["chunk_id", "document_id", "vector"])
        if only is not None:
            query = query.where(only)
        for batch in query.limit(max(1, count)).to_batches(batch_size=ROWS_AT_ONCE):
            yield Rows(
                batch["chunk_id"].to_numpy(),
                batch["document_id"].to_numpy(),
                batch["_rowid"].to_numpy().astype(np.int64),
                _matrix(batch["vector"], self._dimensions),
            )

    def _tidy(self, table: Table) -> None:
        """Merge what many small changes left behind, once there are many of them."""
        versions = self._folder / f"{TABLE}.lance" / "_versions"
        if sum(1 for _ in versions.iterdir()) <= VERSIONS_KEPT:
            return
        self._merge(table)

    def _merge(self, table: Table) -> None:
        self._sketch = None  # for its rows lie elsewhere then
        # Nobody else has this table open: the profile is locked, and it has one such child.
        table.optimize(cleanup_older_than=timedelta(milliseconds=1), delete_unverified=True)

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        """Whatever LanceDB raises, as an error of ours."""
        try:
            yield
        except EscritoireError:
            raise
        except Exception as error:
            self.close()
            reason = _reason(error)
            if any(sign in reason for sign in _NO_ROOM):
                raise DiskFull(path=str(self._folder)) from error
            raise IndexDamaged(reason=reason) from error


def _listed(ids: Sequence[int]) -> str:
    return ", ".join(str(int(number)) for number in ids)


def _reason(error: Exception) -> str:
    """The first line of what went wrong; LanceDB appends where in its source."""
    return (str(error).strip() or type(error).__name__).splitlines()[0][:500]


def _matrix(vectors: Any, dimensions: int) -> npt.NDArray[np.float16]:
    """An Arrow column of vectors as a row each."""
    flat: npt.NDArray[np.float16] = vectors.flatten().to_numpy(zero_copy_only=False)
    return flat.reshape(-1, dimensions)
