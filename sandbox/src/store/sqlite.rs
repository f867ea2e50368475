//! Saves a site to an SQLite file that is consistent even if the process is killed at any moment. Changes are written and synced, in one
//! transaction per message, before the client is told of success (write-ahead log, `synchronous = FULL`). Fault rules, scripted answers
//! and the last messages are not saved.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use webex_xml_types::attendee::{AttendeeInstance, LstMeetingAttendeeResponse};
use webex_xml_types::meeting::GetMeetingResponse;
use webex_xml_types::user::GetUserResponse;
use xsdgen_codec::{Secret, WriteOptions, Xml};

use crate::site::{Attendees, AuthenticationServer, Flags, Session, Site, SiteKind, Ticket, User, converted};

/// The application ID that marks the file as that of a sandbox: `WBXS`.
const APPLICATION: i64 = 0x5742_5853;

/// The version of the tables below.
const VERSION: i64 = 2;

const TABLES: &str = "
    CREATE TABLE site (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
    CREATE TABLE users (
        key TEXT PRIMARY KEY, profile TEXT NOT NULL, password TEXT, access_token TEXT, saml_response TEXT
    ) WITHOUT ROWID;
    CREATE TABLE sessions (
        key INTEGER PRIMARY KEY, conf_id INTEGER NOT NULL, personal_room INTEGER NOT NULL, cet INTEGER NOT NULL,
        sip_url TEXT NOT NULL, host TEXT NOT NULL, audio_password TEXT, details TEXT NOT NULL
    );
    CREATE TABLE tickets (text TEXT PRIMARY KEY, user TEXT NOT NULL, ends_ms INTEGER NOT NULL, once INTEGER NOT NULL) WITHOUT ROWID;
";

/// The changes to tables of version 1, which lack the number of the host's account and store the attendees as part of the details.
const SINCE_1: &str = "
    ALTER TABLE sessions ADD COLUMN host_id INTEGER;
    ALTER TABLE sessions ADD COLUMN attendees TEXT;
";

/// The name of the root element of values that are stored as XML.
const VALUE: &str = "serv:value";

/// The reason why a site cannot be saved or loaded.
#[derive(Debug)]
pub struct StoreError {
    path: PathBuf,
    cause: Cause,
}

#[derive(Debug)]
enum Cause {
    Io(std::io::Error),
    Sqlite(rusqlite::Error),
    Xml(xsdgen_codec::Error),
    Foreign,
    Newer(i64),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path.display())?;
        match &self.cause {
            Cause::Io(error) => write!(f, "{error}"),
            Cause::Sqlite(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => {
                f.write_str("another sandbox has the file: stop it, or name another file")
            }
            Cause::Sqlite(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
                f.write_str("this is no file of a sandbox: name another one")
            }
            Cause::Sqlite(error) => write!(f, "{error}"),
            Cause::Xml(error) => write!(f, "what it holds cannot be read: {error}"),
            Cause::Foreign => f.write_str("this is another program's database: name another file"),
            Cause::Newer(version) => write!(f, "its tables are of version {version}, this program has {VERSION}: take a newer program"),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            Cause::Io(error) => Some(error),
            Cause::Sqlite(error) => Some(error),
            Cause::Xml(error) => Some(error),
            Cause::Foreign | Cause::Newer(_) => None,
        }
    }
}

impl From<std::io::Error> for Cause {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<rusqlite::Error> for Cause {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<xsdgen_codec::Error> for Cause {
    fn from(error: xsdgen_codec::Error) -> Self {
        Self::Xml(error)
    }
}

/// The file that stores a site. No other process can open it at the same time.
#[derive(Debug)]
pub(crate) struct Store {
    path: PathBuf,
    connection: Connection,
    /// The settings as they were last saved.
    kept: Vec<(&'static str, Option<String>)>,
}

impl Store {
    /// Opens or creates the file. The second value of the result is true if the file already held a site.
    pub(crate) fn open(path: &Path) -> Result<(Self, bool), StoreError> {
        let opened = private(path).map_err(Cause::from).and_then(|()| prepare(path));
        let (connection, held) = opened.map_err(|cause| StoreError { path: path.to_owned(), cause })?;
        Ok((Self { path: path.to_owned(), connection, kept: Vec::new() }, held))
    }

    fn error(&self, cause: Cause) -> StoreError {
        StoreError { path: self.path.clone(), cause }
    }

    /// Writes all changes. When this method returns, they are either completely on disk or, in case of an error, not at all.
    pub(crate) fn save(&mut self, site: &mut Site) -> Result<(), StoreError> {
        let settings = settings(site);
        let (users, sessions, tickets) = (site.users.take_changes(), site.sessions.take_changes(), site.tickets.take_changes());
        if users.is_empty() && sessions.is_empty() && tickets.is_empty() && settings == self.kept {
            return Ok(());
        }
        let saved = self.connection.transaction().map_err(Cause::from).and_then(|transaction| {
            users.iter().try_for_each(|key| put_user(&transaction, key, site.users.by_key(key)))?;
            sessions.iter().try_for_each(|key| put_session(&transaction, *key, site.sessions.get(*key)))?;
            tickets.iter().try_for_each(|text| put_ticket(&transaction, text, site.tickets.get(text)))?;
            put_settings(&transaction, &settings)?;
            Ok(transaction.commit()?)
        });
        match saved {
            Ok(()) => {
                self.kept = settings;
                Ok(())
            }
            Err(cause) => Err(self.error(cause)),
        }
    }

    /// Restores the site as it was last saved, except for its name and clock.
    pub(crate) fn load(&mut self, site: &mut Site) -> Result<(), StoreError> {
        let loaded = load(&self.connection, site);
        self.kept = settings(site);
        loaded.map_err(|cause| self.error(cause))
    }
}

/// Creates the file with access for its owner only, because it holds passwords.
fn private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

fn prepare(path: &Path) -> Result<(Connection, bool), Cause> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(Duration::ZERO)?;
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables > 0 && application != APPLICATION {
        return Err(Cause::Foreign);
    }
    if version > VERSION {
        return Err(Cause::Newer(version));
    }
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    if version < VERSION {
        if version < 1 {
            transaction.execute_batch(TABLES)?;
        }
        transaction.execute_batch(SINCE_1)?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    transaction.commit()?;
    // A process that was killed before it saved its first site leaves tables without content.
    let held: i64 = connection.query_row("SELECT count(*) FROM site", [], |row| row.get(0))?;
    Ok((connection, held > 0))
}

fn put_user(transaction: &Transaction<'_>, key: &str, user: Option<&User>) -> Result<(), Cause> {
    let Some(user) = user else {
        transaction.prepare_cached("DELETE FROM users WHERE key = ?1")?.execute([key])?;
        return Ok(());
    };
    let text = |secret: &Option<Secret>| secret.as_ref().map(|secret| secret.expose().to_owned());
    transaction.prepare_cached("INSERT OR REPLACE INTO users VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
        key,
        user.profile.to_xml_as_with(VALUE, &WriteOptions::tolerant())?,
        text(&user.password),
        text(&user.access_token),
        text(&user.saml_response)
    ])?;
    Ok(())
}

fn put_session(transaction: &Transaction<'_>, key: i64, session: Option<&Session>) -> Result<(), Cause> {
    let Some(session) = session else {
        transaction.prepare_cached("DELETE FROM sessions WHERE key = ?1")?.execute([key])?;
        return Ok(());
    };
    let attendees = LstMeetingAttendeeResponse::new().with_attendee(session.attendees.all().iter().cloned());
    transaction.prepare_cached("INSERT OR REPLACE INTO sessions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?.execute(params![
        key,
        session.conf_id,
        session.personal_room,
        session.cet,
        session.sip_url,
        session.host,
        session.audio_password.as_ref().map(|password| password.expose().to_owned()),
        session.details.to_xml_as_with(VALUE, &WriteOptions::tolerant())?,
        session.host_id,
        attendees.to_xml_as_with(VALUE, &WriteOptions::tolerant())?
    ])?;
    Ok(())
}

fn put_ticket(transaction: &Transaction<'_>, text: &str, ticket: Option<&Ticket>) -> Result<(), Cause> {
    match ticket {
        None => transaction.prepare_cached("DELETE FROM tickets WHERE text = ?1")?.execute([text])?,
        Some(ticket) => transaction.prepare_cached("INSERT OR REPLACE INTO tickets VALUES (?1, ?2, ?3, ?4)")?.execute(params![
            text,
            ticket.user,
            ticket.ends_ms,
            ticket.once
        ])?,
    };
    Ok(())
}

/// Returns the settings of a site, which are all values that exist only once.
fn settings(site: &Site) -> Vec<(&'static str, Option<String>)> {
    let flags = &site.flags;
    vec![
        ("kind", Some(site.kind.word().to_owned())),
        ("pmr_force_login", flags.pmr_force_login.clone()),
        ("audio_password_super_admin", Some(flags.audio_password.0.to_string())),
        ("audio_password_site_admin", Some(flags.audio_password.1.to_string())),
        ("cet", Some(flags.cet.to_string())),
        ("authentication_server", Some(flags.authentication_server.word().to_owned())),
        ("last_user_id", Some(site.users.last_id().to_string())),
        ("last_session_key", Some(site.sessions.last_key().to_string())),
        ("last_attendee_id", Some(site.sessions.last_attendee_id().to_string())),
    ]
}

fn put_settings(transaction: &Transaction<'_>, settings: &[(&'static str, Option<String>)]) -> Result<(), Cause> {
    let mut statement = transaction.prepare_cached("INSERT OR REPLACE INTO site VALUES (?1, ?2)")?;
    settings.iter().try_for_each(|(name, value)| Ok(statement.execute(params![name, value]).map(drop)?))
}

fn load(connection: &Connection, into: &mut Site) -> Result<(), Cause> {
    let setting = |name: &str| {
        let value = connection.query_row("SELECT value FROM site WHERE name = ?1", [name], |row| row.get::<_, Option<String>>(0));
        value.optional().map(Option::flatten)
    };
    let parsed = |name: &str| Ok::<_, Cause>(setting(name)?.unwrap_or_default());
    let kind = parsed("kind")?.parse::<SiteKind>().unwrap_or(into.kind);
    let on = |name: &str| Ok::<_, Cause>(parsed(name)? == "true");
    let flags = Flags {
        pmr_force_login: setting("pmr_force_login")?,
        audio_password: (on("audio_password_super_admin")?, on("audio_password_site_admin")?),
        cet: on("cet")?,
        authentication_server: parsed("authentication_server")?.parse::<AuthenticationServer>().unwrap_or_default(),
    };
    let mut site = Site::empty(into.name.clone(), kind, flags);
    site.clock = into.clock;
    site.locks = std::mem::take(&mut into.locks);
    site.null_point_error = into.null_point_error;
    site.number.clone_from(&into.number);
    load_users(connection, &mut site)?;
    load_sessions(connection, &mut site)?;
    load_tickets(connection, &mut site)?;
    site.users.count_from(parsed("last_user_id")?.parse().unwrap_or_default());
    let count = |name: &str| Ok::<i64, Cause>(parsed(name)?.parse().unwrap_or_default());
    site.sessions.count_from(count("last_session_key")?, count("last_attendee_id")?);
    site.forget_changes();
    *into = site;
    Ok(())
}

fn load_users(connection: &Connection, site: &mut Site) -> Result<(), Cause> {
    let mut statement = connection.prepare("SELECT profile, password, access_token, saml_response FROM users")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let secret = |column| row.get::<_, Option<String>>(column).map(|text| text.map(Secret::from));
        let profile = GetUserResponse::from_xml(row.get::<_, String>(0)?.as_bytes())?;
        site.users.put(User { password: secret(1)?, access_token: secret(2)?, saml_response: secret(3)?, profile });
    }
    Ok(())
}

fn load_sessions(connection: &Connection, site: &mut Site) -> Result<(), Cause> {
    let mut statement = connection
        .prepare("SELECT key, conf_id, personal_room, cet, sip_url, host, audio_password, details, host_id, attendees FROM sessions")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let host: String = row.get(5)?;
        let host_id = row.get::<_, Option<i64>>(8)?.or_else(|| site.users.find(&host, site.kind).map(User::id));
        let mut session = Session {
            key: row.get(0)?,
            conf_id: row.get(1)?,
            personal_room: row.get(2)?,
            cet: row.get(3)?,
            sip_url: row.get(4)?,
            host_id: host_id.unwrap_or_default(),
            host,
            audio_password: row.get::<_, Option<String>>(6)?.map(Secret::from),
            details: GetMeetingResponse::from_xml(row.get::<_, String>(7)?.as_bytes())?,
            attendees: Attendees::default(),
        };
        match row.get::<_, Option<String>>(9)? {
            Some(kept) => session.attendees = Attendees::kept(LstMeetingAttendeeResponse::from_xml(kept.as_bytes())?.attendee),
            None => take_attendees(site, &mut session)?,
        }
        site.sessions.put(session);
    }
    Ok(())
}

/// Moves the attendees out of the details, where tables of version 1 store them.
fn take_attendees(site: &mut Site, session: &mut Session) -> Result<(), Cause> {
    let named = session.details.participants.as_mut().and_then(|participants| participants.attendees.take());
    let mut all = Vec::new();
    for attendee in named.map(|attendees| attendees.attendee).unwrap_or_default() {
        let attendee = converted::<AttendeeInstance>(&attendee)?.value;
        all.push(attendee.with_meeting_key(session.key).with_conf_id(session.conf_id));
    }
    site.sessions.set_attendees(session, all);
    Ok(())
}

fn load_tickets(connection: &Connection, site: &mut Site) -> Result<(), Cause> {
    let mut statement = connection.prepare("SELECT text, user, ends_ms, once FROM tickets")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        site.tickets.put(row.get(0)?, Ticket { user: row.get(1)?, ends_ms: row.get(2)?, once: row.get(3)? });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::State;

    #[test]
    fn tables_of_version_1_are_brought_up_to_date() {
        let folder = std::env::temp_dir().join(format!("webex-xml-sandbox-old-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("old.sqlite");
        let _ = std::fs::remove_file(&path);
        let old = Connection::open(&path).unwrap();
        old.execute_batch(TABLES).unwrap();
        old.pragma_update(None, "application_id", APPLICATION).unwrap();
        old.pragma_update(None, "user_version", 1).unwrap();
        let site = Site::seeded(Some("acme".to_owned()), SiteKind::NonSso, Flags::default());
        let host = site.users.find(crate::HOST.webex_id, SiteKind::NonSso).unwrap();
        let profile = host.profile.to_xml_as(VALUE).unwrap();
        old.execute("INSERT INTO users VALUES (?1, ?2, 'x', NULL, NULL)", params![crate::HOST.webex_id, profile]).unwrap();
        old.execute("INSERT INTO site VALUES ('kind', 'non-sso')", []).unwrap();
        let details = "<meet:v xmlns:meet='http://www.webex.com/schemas/2002/06/service/meeting'><meet:participants><meet:attendees>\
            <meet:attendee><person><email>ann@acme.example</email></person><role>HOST</role></meet:attendee></meet:attendees>\
            </meet:participants><meet:meetingkey>7</meet:meetingkey></meet:v>";
        let session = params![7, 8, false, false, "", crate::HOST.webex_id, details];
        old.execute("INSERT INTO sessions VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL, ?7)", session).unwrap();
        drop(old);

        let (mut store, held) = Store::open(&path).unwrap();
        assert!(held);
        let mut site = Site::empty(None, SiteKind::Ci, Flags::default());
        for _ in 0..2 {
            store.load(&mut site).unwrap();
            let session = site.sessions.get(7).unwrap();
            let ann = session.attendees.by_email("ann@acme.example").unwrap();
            assert!(ann.attendee_id > 0 && ann.meeting_key == Some(7) && session.host_id == site.users.all().next().unwrap().id());
            assert!(session.details.participants.as_ref().is_none_or(|participants| participants.attendees.is_none()));
            let session = session.clone();
            site.sessions.put(session);
            store.save(&mut site).unwrap();
        }
        drop(store);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_cannot_be_kept_is_taken_back() {
        let folder = std::env::temp_dir().join(format!("webex-xml-sandbox-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (mut store, held) = Store::open(&folder.join("full.sqlite")).unwrap();
        assert!(!held);
        let mut site = Site::seeded(Some("acme".to_owned()), SiteKind::NonSso, Flags::default());
        store.save(&mut site).unwrap();
        // Simulates a full disk: reading works, writing does not.
        store.connection.pragma_update(None, "query_only", true).unwrap();
        let mut state = State { site, store: Some(store) };
        state.site.users.add(User::new(GetUserResponse::new("jane".to_owned())));
        state.site.users.remove(crate::HOST.webex_id);
        state.site.flags.cet = false;
        let fault = state.keep().unwrap_err();
        assert!(fault.reason.starts_with("The change cannot be kept: "), "{}", fault.reason);
        assert!(state.site.users.find("jane", SiteKind::NonSso).is_none());
        assert!(state.site.users.find(crate::HOST.webex_id, SiteKind::NonSso).is_some_and(|host| host.has_password(crate::HOST.password)));
        assert!(state.site.flags.cet && state.site.name.as_deref() == Some("acme"));
        assert!(state.keep().is_ok(), "nothing is left to keep");
        drop(state);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
