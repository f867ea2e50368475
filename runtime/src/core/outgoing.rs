//! In: one typed request, a tuple or a list of them. Out: the bodies of one message, and later a typed reply for each.
//! Not here: writing and reading the message.

use webex_xml_types::OPERATIONS;
use webex_xml_types::serv::AnyBodyContent;
use xsdgen_codec::OperationInfo;

use super::{Answers, Request, typed};
use crate::error::Error;
use crate::reply::Reply;

/// What one message asks for.
#[derive(Debug, Clone)]
pub struct Outgoing {
    bodies: Vec<AnyBodyContent>,
    operations: Vec<&'static OperationInfo>,
}

impl Outgoing {
    /// One operation.
    pub(crate) fn one<O: Request>(request: &O) -> Self {
        Self { bodies: vec![request.clone().into()], operations: vec![&O::INFO] }
    }

    /// Several, in order.
    fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self { bodies: Vec::new(), operations: Vec::new() };
        for part in parts {
            all.bodies.extend(part.bodies);
            all.operations.extend(part.operations);
        }
        all
    }

    /// A body whose type is known at run time alone. None if it is no operation's request.
    pub(crate) fn dynamic(body: AnyBodyContent) -> Option<Self> {
        let operation = OPERATIONS.iter().find(|operation| operation.name == body.type_name())?;
        Some(Self { bodies: vec![body], operations: vec![operation] })
    }

    pub(crate) fn bodies(&self) -> Vec<AnyBodyContent> {
        self.bodies.clone()
    }

    pub(crate) fn operations(&self) -> &[&'static OperationInfo] {
        &self.operations
    }

    /// The name by which errors and logs call the message.
    pub(crate) fn operation(&self) -> &'static str {
        joint_name(&self.operations)
    }

    /// Whether asking twice changes no more than asking once.
    pub(crate) fn is_safe(&self) -> bool {
        self.operations.iter().all(|operation| operation.safe)
    }
}

/// The operation's name; of a message with several operations, a word for all of them.
pub(super) fn joint_name(operations: &[&'static OperationInfo]) -> &'static str {
    match operations {
        [operation] => operation.name,
        _ => "batch",
    }
}

mod sealed {
    pub trait Sealed {}
}

/// Several requests that go in one message: a tuple of up to eight, or a list of one type.
///
/// How live servers treat a message with several operations was never seen: the schema allows it, and every known client sends one.
pub trait Batch: sealed::Sealed {
    /// A result for each request: a tuple, or a list.
    type Replies;

    /// What to send.
    #[doc(hidden)]
    fn outgoing(&self) -> Outgoing;

    /// The typed replies, in the order of the requests.
    #[doc(hidden)]
    fn replies(answers: Answers) -> Self::Replies;
}

impl<O: Request> sealed::Sealed for Vec<O> {}

impl<O: Request> Batch for Vec<O> {
    type Replies = Vec<Result<Reply<O::Response>, Error>>;

    fn outgoing(&self) -> Outgoing {
        Outgoing::all(self.iter().map(Outgoing::one))
    }

    fn replies(answers: Answers) -> Self::Replies {
        answers.into_iter().map(|answer| typed::<O>(Some(answer))).collect()
    }
}

macro_rules! tuples {
    ($($($O:ident)+;)+) => {$(
        impl<$($O: Request),+> sealed::Sealed for ($($O,)+) {}

        impl<$($O: Request),+> Batch for ($($O,)+) {
            type Replies = ($(Result<Reply<$O::Response>, Error>,)+);

            #[allow(non_snake_case, reason = "a name for each type")]
            fn outgoing(&self) -> Outgoing {
                let ($($O,)+) = self;
                Outgoing::all([$(Outgoing::one($O)),+])
            }

            fn replies(answers: Answers) -> Self::Replies {
                let mut answers = answers.into_iter();
                ($(typed::<$O>(answers.next()),)+)
            }
        }
    )+};
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}
