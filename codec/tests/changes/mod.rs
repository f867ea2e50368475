//! Documents of the sample schemas, and functions that change them at random.
#![allow(dead_code, reason = "not every test uses everything")]

/// A small random number generator (xorshift64*).
#[derive(Debug)]
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % below.max(1)
    }

    pub fn pick<'t, T: ?Sized>(&mut self, from: &[&'t T]) -> &'t T {
        from[self.next(from.len())]
    }
}

pub const SEEDS: &[&str] = &[
    "<?xml version='1.0'?><s:message xmlns:s='urn:sample:service' xmlns:ep='urn:sample:service/ep'><s:header><s:response><s:result>SUCCESS</s:result><s:gsbStatus>PRIMARY</s:gsbStatus></s:response></s:header><s:body><s:bodyContent xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='ep:lstRecordingResponse'><ep:recording><ep:recordingID>1</ep:recordingID><ep:hostWebExID>a@b</ep:hostWebExID><ep:name>Weekly</ep:name><ep:description>d</ep:description><ep:createTime>t</ep:createTime><ep:timeZoneID>4</ep:timeZoneID><ep:size>1.5</ep:size><ep:recordingType>0</ep:recordingType><ep:duration>3</ep:duration><ep:format>ARF</ep:format><ep:passwordReq>false</ep:passwordReq><ep:confID>9</ep:confID></ep:recording>\n<ep:recording><ep:recordingID>2</ep:recordingID></ep:recording></s:bodyContent></s:body></s:message>",
    "<m:message xmlns:m='urn:sample:service'><header/><body><bodyContent xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns='urn:sample:service/user' xmlns:u='urn:sample:service/user' xmlns:com='urn:sample:common' xsi:type='java:sample.user.SetUser' id='1' version='2'><userName>A</userName><email>a@b</email><address><com:city>P</com:city><com:zip>12345</com:zip></address><active>true</active><sizes>1 2</sizes><manager xsi:nil='true'/><office xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'/><phone>1</phone><phone>2</phone><kind>person</kind><open>o<x/></open><price currency='E'>1.0</price><marker/><status>FAILURE</status></bodyContent></body></m:message>",
    "<q:assessment xmlns:q='urn:sample:qti'><q:title>t</q:title><q:a>a</q:a><q:b>b</q:b><q:key>1</q:key><q:value>2</q:value><q:key>3</q:key><q:circle>1</q:circle><q:mattext uri='u'>a<q:emph>b<q:br/></q:emph>c</q:mattext></q:assessment>",
    "<q:assessment xmlns:q=\"urn:sample:qti\" xmlns:c=\"urn:sample:common\"><q:title>t</q:title><q:yes>a</q:yes><q:yes>b</q:yes><q:mattext uri=\"http://u/\">Which of <q:code>a</q:code> and <q:code>b &lt; c</q:code>, <q:link href=\"h\" rank=\"2\">said &amp; done</q:link><q:link href=\"\" aNoteOfALongNameIndeed=\"n\"/> or<q:br/>\n <q:emph>much <q:count>12</q:count> more<q:emph>so</q:emph></q:emph><q:b>1<q:code>2</q:code></q:b><q:small>2</q:small>, <c:code>3</c:code><c:remark>4</c:remark> <q:theArmOfALongNameIndeed href=\"x\">long</q:theArmOfALongNameIndeed> &quot;end&quot; <!-- c --> of <![CDATA[<it>]]></q:mattext><q:mattext>short</q:mattext></q:assessment>",
    "<q:assessment xmlns:q=\"urn:sample:qti\"><q:title>t</q:title><q:no>1</q:no><q:steps kind=\"long\"><q:theTitleOfALongNameIndeed>t</q:theTitleOfALongNameIndeed><q:say>one</q:say><q:wait>3</q:wait><q:say>two &amp; three</q:say><q:go rank=\"1\" href=\"h\">g</q:go><q:many>a</q:many><q:many>b</q:many><q:wait/><q:many>c</q:many><q:either><q:this>x</q:this><q:two>1</q:two><q:two>2</q:two></q:either><q:go href=\"i\"/><q:either><q:that>a<q:br/>b</q:that><q:two>1</q:two><q:two>2</q:two><q:two>3</q:two></q:either><q:say>four</q:say><q:done>true</q:done></q:steps>\n<q:steps><q:wait>5</q:wait><q:done>false</q:done></q:steps><q:steps/></q:assessment>",
];

pub const PIECES: &[&str] = &[
    "<",
    ">",
    "/",
    "&",
    "&amp;",
    "&#65;",
    "&#0;",
    "]]>",
    "<![CDATA[x]]>",
    "<!-- c -->",
    "<?p i?>",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\u{A0}",
    "x",
    "0",
    "-",
    "é",
    "\"",
    "'",
    "=",
    ":",
    "ep:",
    "s:",
    "u:",
    "xmlns=''",
    " xmlns='urn:sample:service/ep'",
    " xmlns:ep='urn:x'",
    " xmlns:q='urn:sample:service/ep'",
    " a='1'",
    " id='2'",
    " xsi:nil='true'",
    " id=\"2\"",
    " currency=\"a&amp;b\"",
    " currency=\"a<b\"",
    " currency=\"\"",
    " uri=\" u\" a=\"\"",
    "<price currency=\"F\">2</price>",
    "<q:mattext uri=\"v\"/>",
    "<q:square side=\"2\"/>",
    "<q:square side=\"x\"></q:square>",
    "<ep:later>1</ep:later>",
    "<ep:name>again</ep:name>",
    "<name>bare</name>",
    "<ep:NAME>case</ep:NAME>",
    "<ep:size/>",
    "<ep:size> 2 </ep:size>",
    "<ep:duration>x</ep:duration>",
    "<userName/>",
    "<address xmlns:k='urn:k' k:a='1'/>",
    "<open>kept</open>",
    "<open xmlns:k='urn:k' k:a='1'/>",
    "<x:y xmlns:x='urn:z'/>",
    "</ep:recording>",
    "<ep:recording>",
    "<!DOCTYPE a>",
    "<!DOCTYPE a [<!ELEMENT a ANY><!ATTLIST a b CDATA 'c'>]>",
    "\u{1}",
    "<ep:format>MKV</ep:format>",
    "<q:code>c</q:code>",
    "<q:code/>",
    "<c:code>1</c:code>",
    "<q:b>b</q:b>",
    "<q:small a=\"1\">s</q:small>",
    "<q:code> </q:code>",
    "<q:CODE>c</q:CODE>",
    "<code>bare</code>",
    "<q:count>x</q:count>",
    "<q:count> 7 </q:count>",
    "<q:link href=\"a\" href=\"b\">l</q:link>",
    "<q:link rank=\"1\" href=\"b\" rank=\"2\">l</q:link>",
    "<q:link rank=\"x\">l</q:link>",
    "<q:link HREF=\"a\">l</q:link>",
    "<q:emph/>",
    "<q:many>m</q:many>",
    "<q:say/>",
    "<q:wait>-</q:wait>",
    "<q:this>y</q:this>",
    "<q:two>2</q:two>",
    "<q:theArmOfALongNameIndeed href=\"y\"/>",
    " rank=\"3\"",
    " href=\"j\"",
    " kind=\"\"",
    "&no",
    "a&b=c&d",
    "<w:new>1 & 2<w:in w:a='&lt;'>&x;<![CDATA[&]]><!-- & --></w:in></w:new>",
    "<new xmlns='urn:n'><w:in><ep:size q='>'>&</ep:size></w:in></new>",
    "<o:new xmlns:o='urn:o' xmlns='urn:n' w:a='1'><w:in xmlns='urn:m'><x/></w:in></o:new>",
    " w:a='1'",
    " ep:a='1'",
    " xmlns:com='urn:other' com:a='1'",
    " xmlns:o='urn:sample:common' o:a='1'",
    "<open w:a='1' ep:b='2'><w:x>&</w:x></open>",
];

/// Returns the number of documents to test. `ROUNDS=1000000` tests more.
pub fn rounds() -> usize {
    std::env::var("ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(3_000)
}

/// Returns a random position, often next to a tag, where changes have the most effect.
pub fn boundary(text: &str, random: &mut Random) -> usize {
    let at = random.next(text.len() + 1);
    let at = match random.next(3) {
        0 => text[..floor(text, at)].rfind('<').unwrap_or(0),
        1 => text[..floor(text, at)].rfind('>').map_or(0, |at| at + 1),
        _ => at,
    };
    floor(text, at)
}

pub fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Returns the range of each element. Incomplete tags are ignored.
pub fn elements(text: &str) -> Vec<(usize, usize)> {
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for (at, _) in text.match_indices('<') {
        let Some(len) = text[at..].find('>').map(|end| end + 1) else { break };
        let tag = &text[at..at + len];
        if tag.starts_with("</") {
            found.extend(open.pop().map(|start| (start, at + len)));
        } else if tag.ends_with("/>") {
            found.push((at, at + len));
        } else if !tag.starts_with("<!") && !tag.starts_with("<?") {
            open.push(at);
        }
    }
    found
}

/// Makes a change that usually keeps the document well-formed: order, repetition, spelling of names, white space, other notations of a
/// text.
pub fn rearrange(text: &str, random: &mut Random) -> String {
    let elements = elements(text);
    let Some((from, to)) = elements.get(random.next(elements.len())).copied() else { return text.to_owned() };
    let element = &text[from..to];
    let (before, after) = (&text[..from], &text[to..]);
    match random.next(10) {
        0 => format!("{before}{after}"),
        1 => format!("{before}{element}{element}{after}"),
        2 => match elements.get(random.next(elements.len())).copied() {
            // Two elements that do not contain each other change places.
            Some((start, end)) if end <= from => {
                format!("{}{element}{}{}{after}", &text[..start], &text[end..from], &text[start..end])
            }
            _ => format!("{before}\n  {element}\n{after}"),
        },
        3 => text.replace("><", [">\n<", "> <", ">\r\n\t<", "><!-- c --><"][random.next(4)]),
        4 => text.replace(random.pick(&["ep:", "q:"]), ["ns1:", "longer-than-eight:", "e:", "x.y:"][random.next(4)]),
        5 => text.replace("xmlns:ep=", "xmlns=").replace("ep:", "").replace("xmlns:q=", "xmlns=").replace("q:", ""),
        6 => match element.find('>').zip(element.rfind("</")) {
            Some((start, end)) if start < end => {
                format!("{before}{}<![CDATA[{}]]>{}{after}", &element[..=start], &element[start + 1..end], &element[end..])
            }
            _ => text.to_owned(),
        },
        7 => match element.find('>').filter(|_| !element.contains("/>")) {
            Some(start) => format!("{before}{} a='1' xsi:nil='true'{}{after}", &element[..start], &element[start..]),
            None => text.to_owned(),
        },
        8 => match element.find('>') {
            Some(start) => format!("{before}{} xsi:type='ep:getSessionInfo'{}{after}", &element[..start], &element[start..]),
            None => text.to_owned(),
        },
        _ => text.replacen("</", [" </", "&#x20;</", "&amp;</", "&lt;]]&gt;</"][random.next(4)], 1 + random.next(6)),
    }
}

pub fn mutate(text: &str, random: &mut Random) -> String {
    // The fast path of attributes supports only one kind of quotes.
    let mut text = if random.next(2) == 0 { text.to_owned() } else { text.replace('\'', "\"") };
    for _ in 0..random.next(3) {
        text = rearrange(&text, random);
    }
    for _ in 0..random.next(4) {
        let (one, other) = (boundary(&text, random), boundary(&text, random));
        let (from, to) = (one.min(other), one.max(other).min(one.min(other) + 60));
        let to = floor(&text, to).max(from);
        match random.next(5) {
            0 | 1 => text.insert_str(from, random.pick(PIECES)),
            2 => text.replace_range(from..to, ""),
            3 => text.replace_range(from..to, random.pick(PIECES)),
            _ => {
                let piece = text[from..to].to_owned();
                let at = boundary(&text, random);
                text.insert_str(at, &piece);
            }
        }
    }
    text
}

/// Returns the document with several copies of an element, some of them changed: the long lists for which the fast paths are made.
pub fn lengthened(seed: &str, name: &str, random: &mut Random) -> String {
    let (start, end) = (format!("<{name}"), format!("</{name}>"));
    let Some((from, to)) = seed.find(&start).zip(seed.find(&end)) else { return seed.to_owned() };
    let (from, to) = (from, to + end.len());
    let record = &seed[from..to];
    let records: String = (0..2 + random.next(6)).map(|i| if i % 3 == 2 { rearrange(record, random) } else { record.to_owned() }).collect();
    format!("{}{records}{}", &seed[..from], &seed[to..])
}
