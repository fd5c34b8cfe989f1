//! One cause, one finding: what follows from another finding at the same place is left out.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diag::Diagnostic;

/// Codes with what they explain at the same place: a link that leads nowhere differs from its counterpart,
/// a sentence in the other language has other names, numbers and a length of its own.
const CAUSES: &[(&str, &[&str])] = &[
    ("broken-link", &["different-link"]),
    ("broken-image", &["different-image"]),
    ("missing-anchor", &["different-link"]),
    ("lost-term", &["lost-name"]),
    ("confused-term", &["lost-name", "lost-term"]),
    ("avoided-rendering", &["lost-name", "lost-term"]),
    (
        "wrong-language",
        &["lost-name", "lost-term", "different-length", "different-number", "uncertain-sentences"],
    ),
    ("unpaired-sentence", &["lost-name", "lost-term", "different-number", "different-length"]),
];

/// Takes out the findings that another one at their place, or at that of their counterpart, explains.
pub fn once(found: &mut Vec<Diagnostic>) {
    let mut causes: HashMap<(&str, Arc<str>), Vec<Range<usize>>> = HashMap::new();
    for problem in found.iter() {
        for (_, effects) in CAUSES.iter().filter(|(cause, _)| *cause == problem.code) {
            let Some(span) = &problem.span else { continue };
            for effect in *effects {
                causes.entry((*effect, problem.path.clone())).or_default().push(span.clone());
            }
        }
    }
    if causes.is_empty() {
        return;
    }
    found.retain(|problem| {
        // It is the greater part of the place that counts: two mistakes may stand in one sentence.
        let places = std::iter::once((&problem.path, &problem.span));
        let places = places.chain(problem.related.iter().map(|one| (&one.path, &one.span)));
        !places.into_iter().any(|(path, span)| {
            let (Some(span), Some(causes)) = (span, causes.get(&(problem.code, path.clone())))
            else {
                return false;
            };
            let shared = |cause: &Range<usize>| {
                cause.end.min(span.end).saturating_sub(cause.start.max(span.start))
            };
            causes.iter().any(|cause| 2 * shared(cause) > span.len())
        })
    });
}
