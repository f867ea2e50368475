//! Converts one typed request, or a tuple or list of requests or references to them, into the bodies of one message, and later the
//! responses into a typed reply for each.

use webex_xml_types::OPERATIONS;
use webex_xml_types::serv::AnyBodyContent;
use xsdgen_codec::{IntoRequest, Operation, OperationInfo};

use super::{Answers, Request, typed};
use crate::error::Error;
use crate::reply::Reply;

/// The operations of one message.
#[derive(Debug, Clone)]
pub struct Outgoing {
    bodies: Vec<AnyBodyContent>,
    operations: Vec<&'static OperationInfo>,
}

impl Outgoing {
    /// Creates a message with one operation.
    pub(crate) fn one<O: Request>(request: O) -> Self {
        Self { bodies: vec![request.into()], operations: vec![&O::INFO] }
    }

    /// Joins several messages into one, in order.
    fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self { bodies: Vec::new(), operations: Vec::new() };
        for part in parts {
            all.bodies.extend(part.bodies);
            all.operations.extend(part.operations);
        }
        all
    }

    /// Creates a message from a body whose type is known only at run time. Returns `None` if it is not the request of an operation.
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

    /// Returns the name of the message in errors and logs.
    pub(crate) fn operation(&self) -> &'static str {
        joint_name(&self.operations)
    }

    /// Returns whether sending the message twice has no more effect than sending it once.
    pub(crate) fn is_safe(&self) -> bool {
        self.operations.iter().all(|operation| operation.safe)
    }
}

/// Returns the name of the operation, or a collective name for several operations.
pub(super) fn joint_name(operations: &[&'static OperationInfo]) -> &'static str {
    match operations {
        [operation] => operation.name,
        _ => "batch",
    }
}

mod sealed {
    pub trait Sealed {}
}

/// Several requests that are sent in one message.
///
/// This is a tuple of up to eight requests, or an array, `Vec` or slice of one type. References to the requests and references to the tuple
/// or list are accepted too.
///
/// How live servers treat a message with several operations has not been observed: the schema allows it, but every known client sends only
/// one.
pub trait Batch: sealed::Sealed + Sized {
    /// A tuple or list with a result for each request.
    type Replies;

    /// Returns the message to send.
    #[doc(hidden)]
    fn into_outgoing(self) -> Outgoing;

    /// Returns the typed replies in the order of the requests.
    #[doc(hidden)]
    fn replies(answers: Answers) -> Self::Replies;
}

/// The response type of a request, given the request type or a reference to it.
type ResponseTo<R> = <<R as IntoRequest>::Request as Operation>::Response;

impl<B: sealed::Sealed> sealed::Sealed for &B {}

impl<B: Batch + Clone> Batch for &B {
    type Replies = B::Replies;

    fn into_outgoing(self) -> Outgoing {
        self.clone().into_outgoing()
    }

    fn replies(answers: Answers) -> Self::Replies {
        B::replies(answers)
    }
}

macro_rules! lists {
    ($([$($generics:tt)*] $List:ty, $R:ty;)+) => {$(
        impl<$($generics)*> sealed::Sealed for $List {}

        impl<$($generics)*> Batch for $List {
            type Replies = Vec<Result<Reply<ResponseTo<$R>>, Error>>;

            fn into_outgoing(self) -> Outgoing {
                Outgoing::all(self.into_iter().map(|request| Outgoing::one(request.into_request())))
            }

            fn replies(answers: Answers) -> Self::Replies {
                answers.into_iter().map(|answer| typed::<<$R as IntoRequest>::Request>(Some(answer))).collect()
            }
        }
    )+};
}

lists! {
    [R: IntoRequest<Request: Request>] Vec<R>, R;
    [R: IntoRequest<Request: Request>, const N: usize] [R; N], R;
    ['r, O: Request] &'r [O], &'r O;
}

macro_rules! tuples {
    ($($($R:ident)+;)+) => {$(
        impl<$($R: IntoRequest<Request: Request>),+> sealed::Sealed for ($($R,)+) {}

        impl<$($R: IntoRequest<Request: Request>),+> Batch for ($($R,)+) {
            type Replies = ($(Result<Reply<ResponseTo<$R>>, Error>,)+);

            #[allow(non_snake_case, reason = "a name for each type")]
            fn into_outgoing(self) -> Outgoing {
                let ($($R,)+) = self;
                Outgoing::all([$(Outgoing::one($R.into_request())),+])
            }

            fn replies(answers: Answers) -> Self::Replies {
                let mut answers = answers.into_iter();
                ($(typed::<$R::Request>(answers.next()),)+)
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
