"""The ledger's tables, and how they came to be: one migration after the other, never changed once released."""

APPLICATION_ID = 0x66656564  # "feed"

MIGRATIONS = (
    """
    -- memory: outlives the files, and can't be made again
    CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE entries (
        guid TEXT PRIMARY KEY,
        path TEXT NOT NULL,          -- the source that it is read from
        state TEXT NOT NULL,         -- live, held (until it is due), expired, withdrawn
        permalink TEXT,
        first_seen INTEGER NOT NULL,
        published INTEGER NOT NULL,  -- frozen once the entry has been live
        updated INTEGER NOT NULL,
        expires INTEGER,
        digest TEXT NOT NULL,        -- of title and body: what `updated` follows
        body_digest TEXT,            -- of the body alone
        fingerprint TEXT NOT NULL,   -- of everything that a feed shows
        channels TEXT NOT NULL       -- names, one a line
    ) WITHOUT ROWID;
    CREATE INDEX entries_waiting ON entries (published) WHERE state = 'held';
    CREATE INDEX entries_expiring ON entries (expires) WHERE expires IS NOT NULL AND state = 'live';
    CREATE TABLE keys (              -- every name by which an entry was ever known
        key TEXT PRIMARY KEY,        -- id:…, url:…, path:…, body:…
        guid TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE channels (
        name TEXT PRIMARY KEY,
        title TEXT NOT NULL,         -- as first printed
        due INTEGER NOT NULL         -- its feeds may have to be written
    ) WITHOUT ROWID;
    -- derived from the above
    CREATE TABLE membership (
        channel TEXT NOT NULL,
        newest INTEGER NOT NULL,     -- minus `published`, so that the order of the key is that of the feed
        guid TEXT NOT NULL,
        PRIMARY KEY (channel, newest, guid)
    ) WITHOUT ROWID;
    -- caches: read or rendered again if lost
    CREATE TABLE articles (guid TEXT PRIMARY KEY, metadata BLOB NOT NULL, body TEXT NOT NULL);
    CREATE TABLE sources (
        path TEXT PRIMARY KEY,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,   -- -1 when the file has to be read again
        stamp TEXT NOT NULL,         -- of its sidecars, and of the settings that ruled its reading
        digest TEXT NOT NULL,        -- of its bytes and its sidecars'
        guid TEXT,                   -- the entry that it is, or was when it could last be read
        standing TEXT NOT NULL,      -- good, duplicate, draft, aside; pile: a file that holds many
        told TEXT NOT NULL           -- the codes of the problems that were reported
    ) WITHOUT ROWID;
    CREATE INDEX sources_not_good ON sources (standing, guid) WHERE standing <> 'good';
    CREATE TABLE artefacts (
        path TEXT PRIMARY KEY,
        recipe TEXT NOT NULL,        -- of all that its bytes depend on
        digest TEXT NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL
    ) WITHOUT ROWID;
    """,
    """
    -- `newest` is minus `updated` from now on: what changed comes back into the feeds
    -- `size` is what the body takes in XML, in bytes; `page` that of the archive, NULL while the feed itself holds it
    ALTER TABLE entries ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE membership ADD COLUMN page INTEGER;
    UPDATE membership SET newest = -(SELECT max(published, updated) FROM entries WHERE entries.guid = membership.guid);
    -- memory: a page of an archive, once closed, keeps its entries
    CREATE TABLE pages (
        channel TEXT NOT NULL,
        number INTEGER NOT NULL,     -- from 1, the oldest
        following INTEGER NOT NULL,  -- the number of the page that was closed next in the same build, else 0
        due INTEGER NOT NULL,        -- its files may have to be written
        PRIMARY KEY (channel, number)
    ) WITHOUT ROWID;
    CREATE TABLE archive (
        channel TEXT NOT NULL,
        number INTEGER NOT NULL,
        guid TEXT NOT NULL,
        PRIMARY KEY (channel, number, guid)
    ) WITHOUT ROWID;
    CREATE INDEX archive_of_entry ON archive (guid);
    """,
    """
    -- by which feeds take the newest: `newest` is minus this from now on
    ALTER TABLE entries ADD COLUMN ranked INTEGER NOT NULL DEFAULT 0;
    UPDATE entries SET ranked = max(published, updated);
    -- when it was withdrawn
    ALTER TABLE entries ADD COLUMN withdrawn INTEGER;
    CREATE INDEX entries_withdrawn ON entries (withdrawn) WHERE state = 'withdrawn';
    -- memory: what subscribers were shown last
    CREATE TABLE shown (
        channel TEXT NOT NULL,
        guid TEXT NOT NULL,
        title TEXT NOT NULL,
        link TEXT NOT NULL,
        published INTEGER NOT NULL,
        fingerprint TEXT NOT NULL,
        size INTEGER NOT NULL,       -- of the body as XML holds it, bytes
        PRIMARY KEY (channel, guid)
    ) WITHOUT ROWID;
    """,
    """
    -- memory: what happened to an entry after it was first seen, the newest 50
    CREATE TABLE events (
        guid TEXT NOT NULL,
        number INTEGER NOT NULL,     -- counts up
        at INTEGER NOT NULL,         -- the build's clock
        what TEXT NOT NULL,          -- moved, retitled, updated …
        detail TEXT NOT NULL,        -- the path or the title that it had before
        PRIMARY KEY (guid, number)
    ) WITHOUT ROWID;
    CREATE TRIGGER events_newest AFTER INSERT ON events
    BEGIN DELETE FROM events WHERE guid = NEW.guid AND number <= NEW.number - 50; END;
    """,
    """
    -- derived from the bodies: the marks by which near copies are found
    CREATE TABLE sketches (
        mark INTEGER NOT NULL,
        entry BLOB NOT NULL,         -- the first eight digits of its guid: small, so that the table stays in memory
        PRIMARY KEY (mark, entry)
    ) WITHOUT ROWID;
    """,
    """
    -- memory: the address of an article's page, and how exactly its date is known, as both were first published
    CREATE TABLE addresses (
        guid TEXT PRIMARY KEY,
        slug TEXT,                   -- NULL until it needs a page
        precision TEXT,              -- of `published`: minute, hour, day …; NULL until it is shown
        offset INTEGER NOT NULL,     -- minutes east of UTC on the page's own clock
        due INTEGER NOT NULL         -- its page may have to be written
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX addresses_slug ON addresses (slug) WHERE slug IS NOT NULL;
    CREATE INDEX addresses_due ON addresses (guid) WHERE due;
    INSERT INTO addresses SELECT guid, NULL, NULL, 0, 1 FROM entries;
    """,
    """
    -- memory: whether no feed ever held it, so that its dates are not frozen yet
    ALTER TABLE entries ADD COLUMN unseen INTEGER NOT NULL DEFAULT 0;
    UPDATE entries SET unseen = 1 WHERE state = 'held';
    """,
    """
    -- when the file was last touched in any way, by the kernel's clock; -1 when its bytes have to be compared
    ALTER TABLE artefacts ADD COLUMN ctime_ns INTEGER NOT NULL DEFAULT -1;
    """,
)

SCRATCH = """
    CREATE TEMP TABLE pending (
        path TEXT PRIMARY KEY, file BLOB, size INTEGER, mtime_ns INTEGER, stamp TEXT, sidecars BLOB, regular INTEGER,
        piled BLOB                    -- where it stands in a file that holds many
    ) WITHOUT ROWID;
    CREATE TEMP TABLE unpacked (      -- what the files that hold many articles were found to hold, in their order
        path TEXT, file BLOB, size INTEGER, mtime_ns INTEGER, stamp TEXT, sidecars BLOB, regular INTEGER, piled BLOB,
        pile TEXT
    );
    CREATE INDEX unpacked_path ON unpacked (path);
    CREATE TEMP TABLE postponed (path TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TEMP TABLE gone (path TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TEMP TABLE doubtful (guid TEXT PRIMARY KEY) WITHOUT ROWID;  -- entries whose home may no longer be theirs
    CREATE TEMP TABLE minted (guid TEXT PRIMARY KEY) WITHOUT ROWID;  -- entries that no feed ever held
"""
