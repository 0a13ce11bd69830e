"""The shape of the store. What was published is never edited: changes are further migrations.

Counts that are shown while a document is indexed are kept, not counted: `page.embedded` and the
counters of `document` move with every page and batch.

Ids of documents and chunks are never given twice (AUTOINCREMENT): the vector index knows chunks by
id alone, and a row left over there must not point at another text.

The text of a chunk is its span of the page's text. The word index stores words, not text
(https://www.sqlite.org/fts5.html, contentless-delete tables); its rowids are chunk ids.
"""

FIRST_SCHEMA = (
    """
    CREATE TABLE setting (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE risk (
        what TEXT NOT NULL,
        target TEXT NOT NULL,
        since REAL NOT NULL,
        PRIMARY KEY (what, target)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE collection (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE
    )
    """,
    # A path is kept as the system's bytes: file names need not be valid text.
    """
    CREATE TABLE document (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path BLOB NOT NULL UNIQUE,
        name TEXT NOT NULL,
        state TEXT NOT NULL,
        title TEXT NOT NULL DEFAULT '',
        author TEXT NOT NULL DEFAULT '',
        created TEXT NOT NULL DEFAULT '',
        outline TEXT NOT NULL DEFAULT '[]',
        sha256 TEXT NOT NULL DEFAULT '',
        size INTEGER NOT NULL DEFAULT 0,
        page_count INTEGER NOT NULL DEFAULT 0,
        embedder TEXT NOT NULL DEFAULT '',
        pages_read INTEGER NOT NULL DEFAULT 0,
        pages_indexed INTEGER NOT NULL DEFAULT 0,
        pages_without_text INTEGER NOT NULL DEFAULT 0,
        vectors INTEGER NOT NULL DEFAULT 0,
        error_code TEXT NOT NULL DEFAULT '',
        error_facts TEXT NOT NULL DEFAULT '{}',
        added REAL NOT NULL
    )
    """,
    "CREATE INDEX document_by_state ON document (state)",
    """
    CREATE TABLE collection_document (
        collection_id INTEGER NOT NULL REFERENCES collection ON DELETE CASCADE,
        document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
        PRIMARY KEY (collection_id, document_id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX collection_of_document ON collection_document (document_id)",
    """
    CREATE TABLE page (
        id INTEGER PRIMARY KEY,
        document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
        number INTEGER NOT NULL,
        label TEXT NOT NULL,
        text TEXT NOT NULL,
        has_text INTEGER NOT NULL,
        chunks INTEGER NOT NULL,
        embedded INTEGER NOT NULL DEFAULT 0,
        UNIQUE (document_id, number)
    )
    """,
    """
    CREATE TABLE chunk (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document_id INTEGER NOT NULL,
        page INTEGER NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        FOREIGN KEY (document_id, page) REFERENCES page (document_id, number) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX chunk_by_place ON chunk (document_id, page)",
    """
    CREATE VIRTUAL TABLE words USING fts5 (
        text, content = '', contentless_delete = 1,
        tokenize = 'porter unicode61 remove_diacritics 2'
    )
    """,
    # One vector a chunk, of the embedder that its document names.
    """
    CREATE TABLE embedding (
        chunk_id INTEGER PRIMARY KEY REFERENCES chunk ON DELETE CASCADE,
        vector BLOB NOT NULL
    )
    """,
    """
    CREATE TABLE conversation (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        created REAL NOT NULL,
        updated REAL NOT NULL
    )
    """,
    """
    CREATE TABLE turn (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation_id INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
        role TEXT NOT NULL,
        text TEXT NOT NULL,
        state TEXT NOT NULL,
        created REAL NOT NULL,
        sentences TEXT NOT NULL DEFAULT '[]',
        record TEXT,
        error_code TEXT NOT NULL DEFAULT '',
        error_facts TEXT NOT NULL DEFAULT '{}'
    )
    """,
    "CREATE INDEX turn_by_conversation ON turn (conversation_id)",
    "CREATE INDEX turn_streaming ON turn (state) WHERE state = 'streaming'",
    # What was cited stays readable when the document is removed.
    """
    CREATE TABLE citation (
        turn_id INTEGER NOT NULL REFERENCES turn ON DELETE CASCADE,
        number INTEGER NOT NULL,
        document_id INTEGER REFERENCES document ON DELETE SET NULL,
        document TEXT NOT NULL,
        page INTEGER NOT NULL,
        page_label TEXT NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (turn_id, number)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX citation_by_document ON citation (document_id)",
    # SHA-256 of model files, so that gigabytes are not hashed at every start.
    """
    CREATE TABLE verified_file (
        path BLOB PRIMARY KEY,
        size INTEGER NOT NULL,
        modified_ns INTEGER NOT NULL,
        changed_ns INTEGER NOT NULL,
        inode TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        verified REAL NOT NULL
    ) WITHOUT ROWID
    """,
)

MODELS = (
    # What came with the installation has no row: its pins lie beside it.
    """
    CREATE TABLE model (
        name TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        keeping TEXT NOT NULL,
        context_window INTEGER NOT NULL DEFAULT 0,
        parameters INTEGER NOT NULL DEFAULT 0,
        quantization TEXT NOT NULL DEFAULT '',
        origin TEXT NOT NULL DEFAULT '',
        repository TEXT NOT NULL DEFAULT '',
        commit_id TEXT NOT NULL DEFAULT '',
        licence TEXT NOT NULL DEFAULT '',
        licence_text TEXT NOT NULL DEFAULT '',
        added REAL NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE model_part (
        model TEXT NOT NULL REFERENCES model ON DELETE CASCADE ON UPDATE CASCADE,
        number INTEGER NOT NULL,
        path BLOB NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        PRIMARY KEY (model, number)
    ) WITHOUT ROWID
    """,
    # By the hash of the first file: a model moved, or installed once more, is as fast as it was.
    """
    CREATE TABLE model_speed (
        sha256 TEXT PRIMARY KEY,
        prefill REAL NOT NULL,
        decode REAL NOT NULL,
        load_s REAL NOT NULL,
        memory INTEGER NOT NULL,
        threads INTEGER NOT NULL,
        measured REAL NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE download (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        repository TEXT NOT NULL,
        commit_id TEXT NOT NULL,
        licence TEXT NOT NULL DEFAULT '',
        files TEXT NOT NULL,
        state TEXT NOT NULL,
        done INTEGER NOT NULL DEFAULT 0,
        error_code TEXT NOT NULL DEFAULT '',
        error_facts TEXT NOT NULL DEFAULT '{}',
        added REAL NOT NULL
    )
    """,
    # Every request that left this computer, and every one that was refused before it could.
    """
    CREATE TABLE request (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at REAL NOT NULL,
        method TEXT NOT NULL,
        host TEXT NOT NULL,
        path TEXT NOT NULL,
        status INTEGER NOT NULL,
        received INTEGER NOT NULL DEFAULT 0,
        purpose TEXT NOT NULL DEFAULT '',
        outcome TEXT NOT NULL DEFAULT ''
    )
    """,
)

WRITING = (
    """
    CREATE TABLE voice (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        guideline TEXT NOT NULL DEFAULT '',
        rules TEXT NOT NULL DEFAULT '[]',
        prefer TEXT NOT NULL DEFAULT '[]',
        avoid TEXT NOT NULL DEFAULT '[]',
        greeting TEXT NOT NULL DEFAULT '',
        closing TEXT NOT NULL DEFAULT '',
        changed REAL NOT NULL
    )
    """,
    """
    CREATE TABLE voice_pair (
        voice_id INTEGER NOT NULL REFERENCES voice ON DELETE CASCADE,
        number INTEGER NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        PRIMARY KEY (voice_id, number)
    ) WITHOUT ROWID
    """,
    # A voice is named in the record, not referred to: what was written stays when it is removed.
    """
    CREATE TABLE rewrite (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        created REAL NOT NULL,
        text TEXT NOT NULL,
        output TEXT NOT NULL,
        record TEXT NOT NULL
    )
    """,
)

VOICE_ADAPTERS = (
    # A path is kept as the system's bytes.
    "ALTER TABLE voice ADD COLUMN adapter BLOB",
    "ALTER TABLE voice ADD COLUMN adapter_strength REAL NOT NULL DEFAULT 1",
)

NAMING = (
    # What a document is called, by its id: words alone, as the chunks' (storage/naming.py).
    """
    CREATE VIRTUAL TABLE naming USING fts5 (
        text, content = '', contentless_delete = 1,
        tokenize = 'porter unicode61 remove_diacritics 2'
    )
    """,
)

FORMATS = (
    # What a page is, the headings it stands under, and what OCR says of it (domain/documents.py).
    "ALTER TABLE page ADD COLUMN unit TEXT NOT NULL DEFAULT 'page'",
    "ALTER TABLE page ADD COLUMN heading TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE page ADD COLUMN confidence REAL",
    "ALTER TABLE page ADD COLUMN lines TEXT NOT NULL DEFAULT '[]'",
    "CREATE INDEX page_by_ocr ON page (document_id, confidence) WHERE confidence IS NOT NULL",
    "ALTER TABLE citation ADD COLUMN heading TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE citation ADD COLUMN unit TEXT NOT NULL DEFAULT 'page'",
)

SUMMARIES = (
    # What a model wrote of a part of a document, by a hash over the model and all it was given.
    """
    CREATE TABLE summary_part (
        document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
        key TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (document_id, key)
    ) WITHOUT ROWID
    """,
    # Nothing stays of what other bytes of the file said.
    """
    CREATE TRIGGER summary_of_other_bytes AFTER UPDATE OF sha256 ON document
    WHEN old.sha256 <> new.sha256 BEGIN
        DELETE FROM summary_part WHERE document_id = new.id;
    END
    """,
)

EMBEDDERS = (
    # Known by a hash over its files. Before, documents named the embedder of their vectors.
    """
    CREATE TABLE embedder (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE
    )
    """,
    "INSERT INTO embedder (key) SELECT DISTINCT embedder FROM document WHERE embedder <> ''",
    # The counters of pages and documents are of the one that serves: the one with most vectors.
    """
    INSERT OR REPLACE INTO setting
    SELECT 'serving embedder', embedder FROM document WHERE embedder <> ''
    GROUP BY embedder ORDER BY sum(vectors) DESC LIMIT 1
    """,
    """
    UPDATE page SET embedded = 0 WHERE document_id IN (
        SELECT id FROM document WHERE embedder <> ''
        AND embedder <> (SELECT value FROM setting WHERE name = 'serving embedder')
    )
    """,
    """
    UPDATE document SET vectors = 0, pages_indexed = (
        SELECT count(*) FROM page WHERE document_id = document.id AND chunks = 0
    ) WHERE embedder <> ''
    AND embedder <> (SELECT value FROM setting WHERE name = 'serving embedder')
    """,
    # One vector a chunk and embedder: while new ones are made, the old ones serve.
    "ALTER TABLE embedding RENAME TO embedding_of_one",
    """
    CREATE TABLE embedding (
        chunk_id INTEGER NOT NULL REFERENCES chunk ON DELETE CASCADE,
        embedder INTEGER NOT NULL REFERENCES embedder,
        vector BLOB NOT NULL,
        PRIMARY KEY (chunk_id, embedder)
    )
    """,
    """
    INSERT INTO embedding SELECT e.chunk_id, m.id, e.vector FROM embedding_of_one e
    JOIN chunk c ON c.id = e.chunk_id JOIN document d ON d.id = c.document_id
    JOIN embedder m ON m.key = d.embedder
    """,
    "DROP TABLE embedding_of_one",
    "ALTER TABLE document DROP COLUMN embedder",
)

REMOVALS = (
    # When a document was removed that may yet be put back.
    "ALTER TABLE document ADD COLUMN removed REAL",
    "CREATE INDEX document_removed ON document (removed) WHERE removed IS NOT NULL",
    # Of the text that was read from a file with this hash (domain/versions.py). Made when it is
    # first asked for.
    """
    CREATE TABLE sketch (
        document_id INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
        sha256 TEXT NOT NULL,
        hashes BLOB NOT NULL
    )
    """,
)

FOLDERS = (
    # Set when the file is found to be gone from a watched folder; what was read of it stays.
    "ALTER TABLE document ADD COLUMN gone INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX document_by_size ON document (size)",
    # One that is `removed` can be put back until the profile is closed. Its documents go to a
    # collection, as long as there is that one.
    """
    CREATE TABLE watched_folder (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path BLOB NOT NULL UNIQUE,
        collection_id INTEGER REFERENCES collection ON DELETE SET NULL,
        paused INTEGER NOT NULL DEFAULT 0,
        removed INTEGER NOT NULL DEFAULT 0,
        checked REAL NOT NULL DEFAULT 0,
        device TEXT NOT NULL DEFAULT '',
        unreadable TEXT NOT NULL DEFAULT '[]'
    )
    """,
    # Without a document: the user removed it, and it is not to come back by itself.
    """
    CREATE TABLE watched_file (
        folder_id INTEGER NOT NULL REFERENCES watched_folder ON DELETE CASCADE,
        path BLOB NOT NULL,
        document_id INTEGER REFERENCES document ON DELETE SET NULL,
        size INTEGER NOT NULL,
        modified_ns INTEGER NOT NULL,
        PRIMARY KEY (folder_id, path)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX watched_file_by_document ON watched_file (document_id)",
    "CREATE INDEX watched_file_by_path ON watched_file (path)",
)

TALKING = (
    # A turn has a parent, 0 for the first of a conversation. Of the turns with one parent
    # (variants of an answer, versions of a question) one is shown. What is set aside is nowhere
    # to be seen and can be taken back until it is removed. Parents are no foreign key: deleting
    # would go down a conversation turn by turn, and SQLite goes down a thousand levels.
    "ALTER TABLE turn ADD COLUMN parent INTEGER",
    "ALTER TABLE turn ADD COLUMN shown INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE turn ADD COLUMN aside REAL",
    # Until now every conversation was a straight line.
    """
    UPDATE turn SET parent = coalesce((
        SELECT max(earlier.id) FROM turn earlier
        WHERE earlier.conversation_id = turn.conversation_id AND earlier.id < turn.id
    ), 0)
    """,
    "DROP INDEX turn_by_conversation",
    # A turn that is added without a parent follows the one that was added before it.
    """
    CREATE TRIGGER turn_placed AFTER INSERT ON turn WHEN new.parent IS NULL BEGIN
        UPDATE turn SET parent = coalesce((
            SELECT max(id) FROM turn WHERE conversation_id = new.conversation_id AND id < new.id
        ), 0) WHERE id = new.id;
    END
    """,
    # Holds all it takes to find the branch that is shown.
    "CREATE INDEX turn_tree ON turn (conversation_id, parent, shown, aside)",
    "CREATE INDEX turn_aside ON turn (aside) WHERE aside IS NOT NULL",
    """
    CREATE TABLE folder (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE
    )
    """,
    "ALTER TABLE conversation ADD COLUMN folder_id INTEGER REFERENCES folder ON DELETE SET NULL",
    "ALTER TABLE conversation ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE conversation ADD COLUMN archived INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE conversation ADD COLUMN aside REAL",
    "CREATE INDEX conversation_in_folder ON conversation (folder_id)",
    # Everything that was said, and what conversations are called. Words as they are written, not
    # their stems: what is found is found again in the text, and lit there. Newest first needs no
    # more than rowids (https://www.sqlite.org/fts5.html, detail=none). The beginnings of words
    # double the index; without them a frequent one is put together anew for each search, which
    # takes 0.2 s in a million turns.
    """
    CREATE VIRTUAL TABLE said USING fts5 (
        text, content = '', contentless_delete = 1, detail = none, prefix = '2 3 4 5 6',
        tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE VIRTUAL TABLE titled USING fts5 (
        title, content = '', contentless_delete = 1, detail = none, prefix = '2 3 4 5 6',
        tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
    "INSERT INTO said (rowid, text) SELECT id, text FROM turn WHERE state <> 'streaming'",
    "INSERT INTO titled (rowid, title) SELECT id, title FROM conversation",
    # An answer is indexed when it has ended, not each time that it is saved.
    """
    CREATE TRIGGER turn_added AFTER INSERT ON turn WHEN new.state <> 'streaming' BEGIN
        INSERT INTO said (rowid, text) VALUES (new.id, new.text);
    END
    """,
    """
    CREATE TRIGGER turn_ended AFTER UPDATE OF text, state ON turn
    WHEN new.state <> 'streaming' BEGIN
        INSERT OR REPLACE INTO said (rowid, text) VALUES (new.id, new.text);
    END
    """,
    """
    CREATE TRIGGER turn_removed AFTER DELETE ON turn BEGIN
        DELETE FROM said WHERE rowid = old.id;
    END
    """,
    """
    CREATE TRIGGER conversation_added AFTER INSERT ON conversation BEGIN
        INSERT INTO titled (rowid, title) VALUES (new.id, new.title);
    END
    """,
    """
    CREATE TRIGGER conversation_renamed AFTER UPDATE OF title ON conversation BEGIN
        INSERT OR REPLACE INTO titled (rowid, title) VALUES (new.id, new.title);
    END
    """,
    """
    CREATE TRIGGER conversation_removed AFTER DELETE ON conversation BEGIN
        DELETE FROM titled WHERE rowid = old.id;
    END
    """,
)

CONDENSED = (
    # What the user chose for a conversation that no model can read as a whole any more, and the
    # summary that stands for its beginning: gone with it.
    """
    CREATE TABLE condensed (
        conversation_id INTEGER PRIMARY KEY REFERENCES conversation ON DELETE CASCADE,
        choice TEXT NOT NULL,
        summary TEXT NOT NULL DEFAULT '',
        upto INTEGER NOT NULL DEFAULT 0
    )
    """,
)
