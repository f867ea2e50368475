//! Measures the sandbox under the load of several clients: rate, latencies, errors, and memory over time.
//!
//! Run `cargo build --release -p webex-xml-sandbox && cargo run --release -p webex-xml-sandbox --example load -- --clients 64 --seconds
//! 60`. Arguments after another `--` are passed to the sandbox. All connections use the loopback address. Of the responses, only the
//! success is checked.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints its measurements")]

use std::error::Error;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use webex_xml_sandbox::{ADMIN, MEETING_KEY};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// The calls that each client repeats: operation and children. `{me}` is the name of the client, and `{key}` the meeting that it created
/// last.
const MIX: [(&str, &str); 14] = [
    ("ep.GetSiteType", ""),
    ("user.CreateUser", "<webExId>{me}</webExId><firstName>Jane</firstName><lastName>Doe</lastName><password>Jane-Pass-1</password>"),
    ("user.GetUser", "<webExId>{me}</webExId>"),
    ("ep.GetSessionInfo", "<sessionKey>{seeded}</sessionKey>"),
    ("user.SetUser", "<webExId>{me}</webExId><company>Acme</company>"),
    ("user.AuthenticateUser", ""),
    ("meeting.CreateMeeting", "<metaData><confName>Load</confName></metaData><schedule><duration>30</duration></schedule>"),
    ("meeting.GetMeeting", "<meetingKey>{key}</meetingKey>"),
    ("meeting.LstsummaryMeeting", "<listControl><startFrom>1</startFrom><maximumNum>10</maximumNum></listControl>"),
    ("user.LstsummaryUser", "<listControl><startFrom>1</startFrom><maximumNum>10</maximumNum></listControl>"),
    ("ep.LstRecording", "<listControl><startFrom>1</startFrom><maximumNum>10</maximumNum></listControl>"),
    ("training.GetTrainingSession", "<sessionKey>17260117096</sessionKey>"),
    ("meeting.DelMeeting", "<meetingKey>{key}</meetingKey>"),
    ("user.DelUser", "<webExId>{me}</webExId>"),
];

struct Options {
    clients: usize,
    time: Duration,
    program: Vec<String>,
}

impl Options {
    fn read() -> Outcome<Self> {
        let mut options = Self { clients: 64, time: Duration::from_secs(60), program: Vec::new() };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut number = || words.next().and_then(|value| value.parse().ok()).ok_or(format!("{word} takes a number"));
            match word.as_str() {
                "--clients" => options.clients = number()?,
                "--seconds" => options.time = Duration::from_secs(number()? as u64),
                "--" => options.program = words.by_ref().collect(),
                _ => return Err(format!("{word}: expected --clients, --seconds, or -- before arguments for the sandbox").into()),
            }
        }
        Ok(options)
    }
}

/// The sandbox under load, in a separate process.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(arguments: &[String]) -> Outcome<Self> {
        let own = std::env::current_exe()?;
        let folder = own.parent().and_then(|examples| examples.parent()).ok_or("this program has no parent folder")?;
        let program = folder.join("webex-xml-sandbox");
        let started = Command::new(&program).args(["--site-type", "non-sso"]).args(arguments).stdout(Stdio::piped()).spawn();
        let mut child = started.map_err(|error| format!("{}: {error}; build it first", program.display()))?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let address = line.trim().strip_prefix("listening on http://").ok_or("it does not listen")?.to_owned();
        Ok(Self { child, address })
    }

    /// Returns the resident memory in kB, if the system reports it (Linux).
    fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.split_whitespace().next()?.parse().ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The latencies of one operation, in microseconds.
#[derive(Default, Clone)]
struct Latencies(Vec<u32>);

impl Latencies {
    fn at(&self, share: f64) -> f64 {
        let last = self.0.len().saturating_sub(1);
        let index = (last as f64 * share).round() as usize;
        self.0.get(index).map_or(0.0, |micros| f64::from(*micros) / 1000.0)
    }
}

/// A client with a persistent connection.
struct Client {
    stream: BufReader<TcpStream>,
    me: String,
    key: String,
}

impl Client {
    fn new(address: &str, number: usize) -> Outcome<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), me: format!("load{number}"), key: String::new() })
    }

    fn call(&mut self, operation: &str, children: &str) -> Outcome<()> {
        let children = children.replace("{me}", &self.me).replace("{key}", &self.key).replace("{seeded}", &MEETING_KEY.to_string());
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><serv:message xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
             xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\"><header><securityContext><siteName>acme</siteName>\
             <webExID>{}</webExID><password>{}</password></securityContext></header><body><bodyContent \
             xsi:type=\"java:com.webex.service.binding.{operation}\">{children}</bodyContent></body></serv:message>",
            ADMIN.webex_id, ADMIN.password
        );
        let head = format!("POST /WBXService/XMLService HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n", body.len());
        self.stream.get_mut().write_all([head.as_bytes(), body.as_bytes()].concat().as_slice())?;
        let answer = self.answer()?;
        if !answer.contains("<serv:result>SUCCESS</serv:result>") {
            return Err(format!("{operation}: {answer}").into());
        }
        if let Some((_, rest)) = answer.split_once("<meet:meetingkey>").filter(|_| operation == "meeting.CreateMeeting") {
            self.key = rest.split('<').next().unwrap_or_default().to_owned();
        }
        Ok(())
    }

    fn answer(&mut self) -> Outcome<String> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line)?;
            match line.trim().split_once(": ") {
                Some(("content-length", value)) => length = value.parse()?,
                None if line.trim().is_empty() => break,
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(String::from_utf8(body)?)
    }
}

/// Calls the operations until the time is over. Returns the latencies for each operation.
fn work(address: &str, number: usize, stop: &AtomicBool) -> Outcome<Vec<Latencies>> {
    let mut client = Client::new(address, number)?;
    let mut latencies = vec![Latencies::default(); MIX.len()];
    while !stop.load(Ordering::Relaxed) {
        for ((operation, children), latencies) in MIX.iter().zip(&mut latencies) {
            let began = Instant::now();
            client.call(operation, children)?;
            latencies.0.push(u32::try_from(began.elapsed().as_micros())?);
        }
    }
    Ok(latencies)
}

fn run(options: &Options) -> Outcome<bool> {
    let server = Server::start(&options.program)?;
    let stop = AtomicBool::new(false);
    let began = Instant::now();
    let mut memory = Vec::new();
    let worked = std::thread::scope(|scope| {
        let (address, stop) = (&server.address, &stop);
        let threads: Vec<_> = (0..options.clients).map(|number| scope.spawn(move || work(address, number, stop))).collect();
        for _ in 0..6 {
            std::thread::sleep(options.time / 6);
            memory.extend(server.memory());
        }
        stop.store(true, Ordering::Relaxed);
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err("a client panicked".into()))).collect::<Vec<_>>()
    });
    let took = began.elapsed();
    let mut all = vec![Latencies::default(); MIX.len()];
    let mut errors = 0;
    for result in worked {
        match result {
            Ok(latencies) => all.iter_mut().zip(latencies).for_each(|(all, own)| all.0.extend(own.0)),
            Err(error) => {
                errors += 1;
                eprintln!("{error}");
            }
        }
    }
    report(&mut all, took, options.clients);
    println!("errors: {errors}; memory over time, in kB: {memory:?}");
    let grown = memory.get(2).zip(memory.last()).is_some_and(|(middle, last)| *last > middle + middle / 5);
    Ok(errors == 0 && !grown)
}

fn report(all: &mut [Latencies], took: Duration, clients: usize) {
    let mut whole = Latencies::default();
    println!("{:32}{:>10}{:>10}{:>10}{:>10}{:>10}", "operation", "count", "p50 ms", "p90 ms", "p99 ms", "max ms");
    let line = |name: &str, latencies: &mut Latencies| {
        latencies.0.sort_unstable();
        let [p50, p90, p99, max] = [0.5, 0.9, 0.99, 1.0].map(|share| latencies.at(share));
        println!("{name:32}{:>10}{p50:>10.2}{p90:>10.2}{p99:>10.2}{max:>10.2}", latencies.0.len());
    };
    for ((name, _), latencies) in MIX.iter().zip(all.iter_mut()) {
        line(name, latencies);
        whole.0.extend(&latencies.0);
    }
    line("all", &mut whole);
    let rate = whole.0.len() as f64 / took.as_secs_f64();
    println!("{clients} clients, {:.1} s: {rate:.0} messages a second", took.as_secs_f64());
}

fn main() -> ExitCode {
    match Options::read().and_then(|options| run(&options)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::from(2)
        }
    }
}
