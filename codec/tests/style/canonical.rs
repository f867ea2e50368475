//! Documents and their canonical forms, which libxml2 has computed.

/// The documents, by name.
pub(crate) const DOCUMENTS: &[(&str, &str)] = &[
    (
        "plain",
        r##"<?xml version="1.0" encoding="UTF-8"?>
<!-- before -->
<?go now  please?>
<a z="1" b="2"
   xmlns="urn:a"><!-- c --><b/>x &lt; y &gt; z &amp; "q" 'r'<![CDATA[<cd>&]]>&#xD;&#x41;</a>
<?end?>
<!-- after -->
"##,
    ),
    (
        "attributes",
        r##"<r xmlns:z="urn:1" xmlns:a="urn:2" z:b="1" a:b="2" b="&lt;&gt;&amp;&quot;&apos;" a="tab&#9;line&#10;cr&#13; x
y"><e a='it is "so"'/></r>"##,
    ),
    (
        "superfluous",
        r##"<p:r xmlns:p="urn:p" xmlns="urn:d" xmlns:unused="urn:u"><p:c xmlns:p="urn:p"><d xmlns=""><e xmlns="urn:d"/><f xmlns=""/></d></p:c><q:x xmlns:q="urn:q" xmlns:p="urn:other" p:y="1"/></p:r>"##,
    ),
    (
        "exclusive",
        r##"<n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"/></n1:elem2></n0:local>"##,
    ),
    ("default", r##"<a><b xmlns="urn:b"><c xmlns=""><d/></c><e attr="v"/></b></a>"##),
    ("unicode", r##"<a b="é中">é😀  </a>"##),
];

/// The name of a document, the form, and the result.
pub(crate) const CANONICAL: &[(&str, &str, &str)] = &[
    (
        "plain",
        "inclusive",
        r##"<?go now  please?>
<a xmlns="urn:a" b="2" z="1"><b></b>x &lt; y &gt; z &amp; "q" 'r'&lt;cd&gt;&amp;&#xD;A</a>
<?end?>"##,
    ),
    (
        "plain",
        "inclusive_comments",
        r##"<!-- before -->
<?go now  please?>
<a xmlns="urn:a" b="2" z="1"><!-- c --><b></b>x &lt; y &gt; z &amp; "q" 'r'&lt;cd&gt;&amp;&#xD;A</a>
<?end?>
<!-- after -->"##,
    ),
    (
        "plain",
        "exclusive",
        r##"<?go now  please?>
<a xmlns="urn:a" b="2" z="1"><b></b>x &lt; y &gt; z &amp; "q" 'r'&lt;cd&gt;&amp;&#xD;A</a>
<?end?>"##,
    ),
    (
        "attributes",
        "inclusive",
        r##"<r xmlns:a="urn:2" xmlns:z="urn:1" a="tab&#x9;line&#xA;cr&#xD; x y" b="&lt;>&amp;&quot;'" z:b="1" a:b="2"><e a="it is &quot;so&quot;"></e></r>"##,
    ),
    (
        "attributes",
        "inclusive_comments",
        r##"<r xmlns:a="urn:2" xmlns:z="urn:1" a="tab&#x9;line&#xA;cr&#xD; x y" b="&lt;>&amp;&quot;'" z:b="1" a:b="2"><e a="it is &quot;so&quot;"></e></r>"##,
    ),
    (
        "attributes",
        "exclusive",
        r##"<r xmlns:a="urn:2" xmlns:z="urn:1" a="tab&#x9;line&#xA;cr&#xD; x y" b="&lt;>&amp;&quot;'" z:b="1" a:b="2"><e a="it is &quot;so&quot;"></e></r>"##,
    ),
    (
        "superfluous",
        "inclusive",
        r##"<p:r xmlns="urn:d" xmlns:p="urn:p" xmlns:unused="urn:u"><p:c><d xmlns=""><e xmlns="urn:d"></e><f></f></d></p:c><q:x xmlns:p="urn:other" xmlns:q="urn:q" p:y="1"></q:x></p:r>"##,
    ),
    (
        "superfluous",
        "inclusive_comments",
        r##"<p:r xmlns="urn:d" xmlns:p="urn:p" xmlns:unused="urn:u"><p:c><d xmlns=""><e xmlns="urn:d"></e><f></f></d></p:c><q:x xmlns:p="urn:other" xmlns:q="urn:q" p:y="1"></q:x></p:r>"##,
    ),
    (
        "superfluous",
        "exclusive",
        r##"<p:r xmlns:p="urn:p"><p:c><d><e xmlns="urn:d"></e><f></f></d></p:c><q:x xmlns:p="urn:other" xmlns:q="urn:q" p:y="1"></q:x></p:r>"##,
    ),
    (
        "exclusive",
        "inclusive",
        r##"<n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff></n3:stuff></n1:elem2></n0:local>"##,
    ),
    (
        "exclusive",
        "inclusive_comments",
        r##"<n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff></n3:stuff></n1:elem2></n0:local>"##,
    ),
    (
        "exclusive",
        "exclusive",
        r##"<n0:local xmlns:n0="foo:bar"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"></n3:stuff></n1:elem2></n0:local>"##,
    ),
    ("default", "inclusive", r##"<a><b xmlns="urn:b"><c xmlns=""><d></d></c><e attr="v"></e></b></a>"##),
    ("default", "inclusive_comments", r##"<a><b xmlns="urn:b"><c xmlns=""><d></d></c><e attr="v"></e></b></a>"##),
    ("default", "exclusive", r##"<a><b xmlns="urn:b"><c xmlns=""><d></d></c><e attr="v"></e></b></a>"##),
    ("unicode", "inclusive", r##"<a b="é中">é😀  </a>"##),
    ("unicode", "inclusive_comments", r##"<a b="é中">é😀  </a>"##),
    ("unicode", "exclusive", r##"<a b="é中">é😀  </a>"##),
    (
        "exclusive",
        "prefixes",
        r##"<n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff></n3:stuff></n1:elem2></n0:local>"##,
    ),
];
