//! In: one typed request, a tuple or a list of them, or of references to them. Out: the bodies of one message, and later a typed reply for each.
//! Not here: writing and reading the message.

use webex_xml_types::OPERATIONS;
use webex_xml_types::serv::AnyBodyContent;
use xsdgen_codec::{IntoRequest, Operation, OperationInfo};

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
    pub(crate) fn one<O: Request>(request: O) -> Self {
        Self { bodies: vec![request.into()], operations: vec![&O::INFO] }
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

/// Several requests that go in one message: a tuple of up to eight, or an array, `Vec` or slice of one type. References are taken as well: to
/// the requests, and to the tuple or list.
///
/// How live servers treat a message with several operations was never seen: the schema allows it, and every known client sends one.
pub trait Batch: sealed::Sealed + Sized {
    /// A result for each request: a tuple, or a list.
    type Replies;

    /// What to send.
    #[doc(hidden)]
    fn into_outgoing(self) -> Outgoing;

    /// The typed replies, in the order of the requests.
    #[doc(hidden)]
    fn replies(answers: Answers) -> Self::Replies;
}

/// The response to a request, or to the request that a reference points to.
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
