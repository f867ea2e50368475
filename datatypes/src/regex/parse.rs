//! Parses a regular expression to a tree (Part 2, appendix F). Matching is in `nfa`.

use std::iter::Peekable;
use std::str::Chars;

use super::class::{Class, Item};

/// A node of the tree.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Class(Class),
    /// A sequence of nodes.
    Branch(Vec<Node>),
    /// Alternatives.
    Choice(Vec<Node>),
    /// A repetition with its minimum and maximum; `None` stands for no maximum.
    Repeat(Box<Node>, u32, Option<u32>),
}

/// The maximum nesting depth of parentheses and of class subtractions.
const MAX_DEPTH: usize = 100;

/// Parses a whole expression. The error is a phrase that describes the problem.
pub(super) fn parse(text: &str) -> Result<Node, String> {
    let mut parser = Parser { chars: text.chars().peekable(), depth: 0 };
    let node = parser.choice()?;
    match parser.chars.next() {
        None => Ok(node),
        Some(_) => Err("`)` without `(`".to_owned()),
    }
}

struct Parser<'a> {
    chars: Peekable<Chars<'a>>,
    depth: usize,
}

impl Parser<'_> {
    fn choice(&mut self) -> Result<Node, String> {
        let mut branches = vec![self.branch()?];
        while self.chars.next_if_eq(&'|').is_some() {
            branches.push(self.branch()?);
        }
        Ok(match branches.pop() {
            Some(only) if branches.is_empty() => only,
            last => {
                branches.extend(last);
                Node::Choice(branches)
            }
        })
    }

    fn branch(&mut self) -> Result<Node, String> {
        let mut pieces = Vec::new();
        while let Some(c) = self.chars.peek().copied() {
            if matches!(c, '|' | ')') {
                break;
            }
            let atom = self.atom()?;
            pieces.push(self.quantified(atom)?);
        }
        Ok(Node::Branch(pieces))
    }

    fn atom(&mut self) -> Result<Node, String> {
        match self.chars.next() {
            Some('(') => {
                self.enter()?;
                let inner = self.choice()?;
                self.depth -= 1;
                self.chars.next_if_eq(&')').ok_or("`(` without `)`")?;
                Ok(inner)
            }
            Some('[') => Ok(Node::Class(self.class()?)),
            Some('.') => Ok(Node::Class(Class::dot())),
            Some('\\') => {
                let item = self.escape()?;
                Ok(Node::Class(Class { items: vec![item], ..Class::default() }))
            }
            Some(c @ ('?' | '*' | '+' | '{' | '}' | ']')) => Err(format!("`{c}` must be escaped here")),
            Some(c) => Ok(Node::Class(Class::single(c))),
            None => Err("the expression ends too early".to_owned()),
        }
    }

    fn enter(&mut self) -> Result<(), String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(format!("more than {MAX_DEPTH} levels of nesting are not supported")) } else { Ok(()) }
    }

    fn quantified(&mut self, atom: Node) -> Result<Node, String> {
        let (min, max) = match self.chars.peek() {
            Some('?') => (0, Some(1)),
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('{') => return self.counted(atom),
            _ => return Ok(atom),
        };
        self.chars.next();
        Ok(Node::Repeat(Box::new(atom), min, max))
    }

    fn counted(&mut self, atom: Node) -> Result<Node, String> {
        self.chars.next();
        let text: String = std::iter::from_fn(|| self.chars.next_if(|c| *c != '}')).collect();
        self.chars.next_if_eq(&'}').ok_or("`{` without `}`")?;
        let wrong = || format!("`{{{text}}}` is no quantity");
        let number = |t: &str| {
            let digits = !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
            if digits { Ok(t.parse::<u32>().unwrap_or(u32::MAX)) } else { Err(wrong()) }
        };
        let (min, max) = match text.split_once(',') {
            None => (number(&text)?, Some(number(&text)?)),
            Some((min, "")) => (number(min)?, None),
            Some((min, max)) => (number(min)?, Some(number(max)?)),
        };
        if max.is_some_and(|m| m < min) { Err(wrong()) } else { Ok(Node::Repeat(Box::new(atom), min, max)) }
    }

    /// Parses an escape after its `\`.
    fn escape(&mut self) -> Result<Item, String> {
        match self.chars.next() {
            Some('n') => Ok(single('\n')),
            Some('r') => Ok(single('\r')),
            Some('t') => Ok(single('\t')),
            Some(c @ ('\\' | '|' | '.' | '-' | '^' | '?' | '*' | '+' | '{' | '}' | '(' | ')' | '[' | ']')) => Ok(single(c)),
            Some(c @ ('s' | 'S' | 'i' | 'I' | 'c' | 'C' | 'd' | 'D' | 'w' | 'W')) => Ok(Item::Escape(c)),
            Some(c @ ('p' | 'P')) => {
                self.chars.next_if_eq(&'{').ok_or("`{` is expected after `\\p`")?;
                let name: String = std::iter::from_fn(|| self.chars.next_if(|c| *c != '}')).collect();
                self.chars.next_if_eq(&'}').ok_or("`{` without `}`")?;
                Item::property(&name, c == 'P').ok_or_else(|| format!("`{name}` is no category or block"))
            }
            Some(c) => Err(format!("`\\{c}` is no escape")),
            None => Err("`\\` at the end".to_owned()),
        }
    }

    /// Parses a class after its `[`.
    fn class(&mut self) -> Result<Class, String> {
        self.enter()?;
        let mut class = Class { negated: self.chars.next_if_eq(&'^').is_some(), ..Class::default() };
        loop {
            match self.chars.next() {
                None => return Err("`[` without `]`".to_owned()),
                Some(']') if class.items.is_empty() => return Err("`[]` contains nothing".to_owned()),
                Some(']') => break,
                Some('[') => return Err("`[` must be escaped in a class".to_owned()),
                Some('-') if self.chars.next_if_eq(&'[').is_some() => {
                    if class.items.is_empty() {
                        return Err("nothing to subtract from".to_owned());
                    }
                    class.minus = Some(Box::new(self.class()?));
                    self.chars.next_if_eq(&']').ok_or("`]` is expected after a subtraction")?;
                    break;
                }
                // An unescaped dash stands for itself only at the start and at the end.
                Some('-') => {
                    let ends = matches!(self.chars.peek(), Some(']')) || self.subtraction_follows();
                    if !class.items.is_empty() && !ends {
                        return Err("`-` in the middle of a class must be escaped".to_owned());
                    }
                    class.items.push(single('-'));
                }
                Some('\\') => {
                    let first = self.escape()?;
                    self.range(first, &mut class)?;
                }
                Some(c) => self.range(single(c), &mut class)?,
            }
        }
        self.depth -= 1;
        Ok(class)
    }

    fn subtraction_follows(&self) -> bool {
        let mut ahead = self.chars.clone();
        ahead.next() == Some('-') && ahead.next() == Some('[')
    }

    /// Parses the rest of a range, if the dash that follows can only mean a range.
    fn range(&mut self, first: Item, class: &mut Class) -> Result<(), String> {
        let mut ahead = self.chars.clone();
        let dash = ahead.next() == Some('-') && !matches!(ahead.next(), Some('[' | ']') | None);
        if !dash {
            class.items.push(first);
            return Ok(());
        }
        self.chars.next();
        let last = match self.chars.next() {
            Some('\\') => self.escape()?,
            // Without this, `[a--b]` would be a range that ends in a dash.
            Some('-') if self.chars.peek() == Some(&'[') => {
                class.items.extend([first, single('-')]);
                self.chars.next();
                class.minus = Some(Box::new(self.class()?));
                return if self.chars.peek() == Some(&']') { Ok(()) } else { Err("`]` is expected after a subtraction".to_owned()) };
            }
            Some(c) => single(c),
            None => return Err("`[` without `]`".to_owned()),
        };
        match (&first, &last) {
            (Item::Range(a, _), Item::Range(b, _)) if a <= b => class.items.push(Item::Range(*a, *b)),
            (Item::Range(..), Item::Range(..)) => return Err("a range ends before it begins".to_owned()),
            _ => return Err("a range must be between single characters".to_owned()),
        }
        Ok(())
    }
}

fn single(c: char) -> Item {
    Item::Range(u32::from(c), u32::from(c))
}
