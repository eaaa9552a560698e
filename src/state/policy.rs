//! State of the policy page: two questions that are edited, and their answers.

use std::collections::BTreeMap;
use std::rc::Rc;

use cognitab_policy::{Finding, PolicyKind, Question};
use cognitab_trace::control::{Judgment, Log, Subjects, Verdict, WhoCould};
use cognitab_trace::event::Event;
use yew::Reducible;

use super::change::PolicyChange;
use super::draft::{Draft, DraftError, QuestionKind};
use super::draft_edit::DraftEdit;
use super::json_format;
use super::share::QuestionPair;

/// Where the questions came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// There are no questions.
    #[default]
    None,
    /// An event of the lab world, by number.
    Event(u64),
    /// An example, by index from 0.
    Example(usize),
    /// A link or a file.
    Shared,
    /// They were entered manually.
    Manual,
}

/// State of the policy page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyState {
    /// The event log of the lab world.
    pub events: Rc<Vec<Event>>,
    /// Simulated time in milliseconds since 1970.
    pub now: i64,
    /// Users, roles and resources of the lab world.
    pub subjects: Rc<Subjects>,
    /// Where the questions came from.
    pub source: Source,
    /// The trust question.
    pub trust: Option<QuestionState>,
    /// The access question.
    pub access: Option<QuestionState>,
    /// Who could perform the action of the access question; `None` until it is requested.
    pub who_could: Option<Rc<WhoCould>>,
    /// A message about the last action or an invalid link.
    pub note: Option<String>,
    /// Whether the broker has answered yet.
    pub ready: bool,
    /// Why the broker does not answer.
    pub failure: Option<String>,
    versions: u64,
}

/// A question that is edited, with its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionState {
    /// The question as text fields.
    pub draft: Draft,
    /// Number of the edit, unique on the page.
    pub version: u64,
    /// The answer; it may be one edit behind while the next one is pending.
    pub answer: Answer,
    /// Findings of the validation by document id.
    pub findings: Rc<BTreeMap<usize, Vec<Finding>>>,
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Not evaluated yet.
    Pending,
    /// The question is incomplete.
    Incomplete(DraftError),
    /// The evaluation failed; the text is the reason.
    Failed(String),
    /// The policy engine's result.
    Evaluated(Rc<Evaluation>),
}

/// The result of an evaluation.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// The judgment of the whole question.
    pub judgment: Judgment,
    /// The question that was evaluated.
    pub question: Question,
    /// For cross-account questions: the verdicts of the caller's and of the owner's account.
    pub by_account: Option<(Verdict, Verdict)>,
}

/// Actions of the reducer.
#[derive(Clone, Debug)]
pub enum Action {
    /// The lab world was read.
    LabLoaded(Log, Subjects),
    /// The broker does not answer; the text is the reason.
    Failed(String),
    /// Other questions were opened.
    QuestionsOpened(Source, QuestionPair),
    /// An empty question was added.
    QuestionAdded(QuestionKind),
    /// A message is shown, or hidden.
    NoteShown(Option<String>),
    /// A question was edited.
    QuestionEdited(QuestionKind, DraftEdit),
    /// A question was evaluated: its version, answer and findings.
    Answered(QuestionKind, u64, Answer, BTreeMap<usize, Vec<Finding>>),
    /// Who could perform the action.
    WhoCouldReceived(WhoCould),
}

impl Reducible for PolicyState {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut page = (*self).clone();
        page.apply(action);
        Rc::new(page)
    }
}

impl PolicyState {
    fn apply(&mut self, action: Action) {
        match action {
            Action::LabLoaded(log, subjects) => {
                (self.now, self.ready, self.failure) = (log.now, true, None);
                (self.events, self.subjects) = (Rc::new(log.events), Rc::new(subjects));
            }
            Action::Failed(text) => self.failure = Some(text),
            Action::QuestionsOpened(source, pair) => self.open(source, pair),
            Action::QuestionAdded(kind) => {
                if self.source == Source::None {
                    self.source = Source::Manual;
                }
                *self.question_mut(kind) =
                    Some(QuestionState::new(Draft::template(kind), self.next_version()));
            }
            Action::NoteShown(note) => self.note = note,
            Action::QuestionEdited(kind, edit) => {
                let version = self.next_version();
                if let Some(question) = self.question_mut(kind) {
                    question.draft.edit(edit);
                    question.version = version;
                }
                if kind == QuestionKind::Access {
                    self.who_could = None;
                }
            }
            Action::Answered(kind, version, answer, findings) => {
                if let Some(question) =
                    self.question_mut(kind).as_mut().filter(|a| a.version == version)
                {
                    (question.answer, question.findings) = (answer, Rc::new(findings));
                }
            }
            Action::WhoCouldReceived(who_could) => self.who_could = Some(Rc::new(who_could)),
        }
    }

    fn open(&mut self, source: Source, pair: QuestionPair) {
        let question = |question: Option<Question>, version| {
            question.map(|q| QuestionState::new(Draft::from_question(&q), version))
        };
        self.trust = question(pair.trust.map(Question::Trust), self.next_version());
        self.access = question(pair.access.map(Question::Access), self.next_version());
        (self.source, self.who_could, self.note) = (source, None, None);
    }

    fn next_version(&mut self) -> u64 {
        self.versions += 1;
        self.versions
    }

    fn question_mut(&mut self, kind: QuestionKind) -> &mut Option<QuestionState> {
        match kind {
            QuestionKind::Trust => &mut self.trust,
            QuestionKind::Access => &mut self.access,
        }
    }

    /// One of the two questions.
    pub fn question(&self, kind: QuestionKind) -> Option<&QuestionState> {
        match kind {
            QuestionKind::Trust => self.trust.as_ref(),
            QuestionKind::Access => self.access.as_ref(),
        }
    }

    /// Both questions, or why one is incomplete.
    pub fn pair(&self) -> Result<QuestionPair, DraftError> {
        let mut pair = QuestionPair::default();
        for question in [&self.trust, &self.access].into_iter().flatten() {
            match question.draft.question()? {
                Question::Trust(case) => pair.trust = Some(case),
                Question::Access(case) => pair.access = Some(case),
            }
        }
        Ok(pair)
    }

    /// Whether a change can be applied in the lab: its document comes from there and is not edited.
    pub fn can_apply_in_lab(&self, kind: QuestionKind, change: &PolicyChange) -> bool {
        let fix = &change.fix;
        let doc = self.question(kind).and_then(|a| a.draft.find_doc(fix.policy_kind, &fix.policy));
        let untouched = doc.map_or(fix.policy.is_empty(), |d| d.text == d.original);
        matches!(self.source, Source::Event(_)) && change.location.is_some() && untouched
    }
}

impl QuestionState {
    fn new(draft: Draft, version: u64) -> QuestionState {
        QuestionState { draft, version, answer: Answer::Pending, findings: Rc::default() }
    }

    /// The result of the evaluation, if there is one.
    pub fn evaluation(&self) -> Option<&Evaluation> {
        match &self.answer {
            Answer::Evaluated(evaluation) => Some(evaluation),
            _ => None,
        }
    }

    /// The change that allows the request.
    pub fn change(&self) -> Option<PolicyChange> {
        let evaluation = self.evaluation()?;
        Some(PolicyChange::from_fix(evaluation.judgment.fix.clone()?, Some(&evaluation.question)))
    }

    /// The edits that apply a change to the documents.
    pub fn edits_for(&self, change: &PolicyChange) -> Vec<DraftEdit> {
        let kind = match (change.fix.policy_kind, self.draft.kind) {
            (_, QuestionKind::Trust) => PolicyKind::Trust,
            (PolicyKind::Trust, _) => PolicyKind::Resource,
            (kind, _) => kind,
        };
        let doc = self.draft.find_doc(kind, &change.fix.policy);
        let Some(after) = change.apply_to(change.before.as_ref()) else { return Vec::new() };
        let text = json_format::pretty(&after);
        match doc {
            Some(doc) if PolicyChange::leaves_no_statement(&after) => {
                vec![DraftEdit::RemoveDocument(doc.id)]
            }
            Some(doc) => vec![DraftEdit::SetText(doc.id, text)],
            None => {
                vec![DraftEdit::AddDocument(kind), DraftEdit::SetText(self.draft.next_id(), text)]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples;

    fn evaluated(event: &Event) -> Answer {
        let decision = Verdict { allowed: false, ladder: event.ladder.clone() };
        let judgment = Judgment { decision, message: String::new(), fix: event.fix.clone() };
        let question = event.case.clone().unwrap();
        Answer::Evaluated(Rc::new(Evaluation { judgment, question, by_account: None }))
    }

    fn page() -> PolicyState {
        let log = samples::guest();
        let mut page = PolicyState::default();
        page.apply(Action::QuestionsOpened(
            Source::Event(10),
            QuestionPair::from_event(&log, &log[3]).unwrap(),
        ));
        let version = page.access.as_ref().unwrap().version;
        page.apply(Action::Answered(
            QuestionKind::Access,
            version,
            evaluated(&log[3]),
            BTreeMap::new(),
        ));
        page
    }

    #[test]
    fn the_change_is_made_in_the_editor() {
        let mut page = page();
        let change = page.access.as_ref().unwrap().change().unwrap();
        assert!(page.can_apply_in_lab(QuestionKind::Access, &change));
        for edit in page.access.as_ref().unwrap().edits_for(&change) {
            page.apply(Action::QuestionEdited(QuestionKind::Access, edit));
        }
        let pair = page.pair().unwrap();
        assert!(pair.access.unwrap().identity[0].document.to_string().contains("s3:PutObject"));
        assert!(!page.can_apply_in_lab(QuestionKind::Access, &change));
    }

    #[test]
    fn a_late_answer_is_no_answer() {
        let mut page = page();
        let version = page.access.as_ref().unwrap().version;
        page.apply(Action::QuestionEdited(
            QuestionKind::Access,
            DraftEdit::SetAction("s3:GetObject".into()),
        ));
        let late = Answer::Failed("late".into());
        page.apply(Action::Answered(QuestionKind::Access, version, late, BTreeMap::new()));
        assert!(page.access.as_ref().unwrap().evaluation().is_some());
    }

    #[test]
    fn a_policy_that_is_not_there_yet_is_made() {
        let mut page = page();
        let id = page.access.as_ref().unwrap().draft.docs[0].id;
        page.apply(Action::QuestionEdited(QuestionKind::Access, DraftEdit::RemoveDocument(id)));
        let question = page.access.as_ref().unwrap();
        let mut change = question.change().unwrap();
        (change.fix.policy, change.before) = (String::new(), None);
        for edit in question.clone().edits_for(&change) {
            page.apply(Action::QuestionEdited(QuestionKind::Access, edit));
        }
        assert_eq!(page.pair().unwrap().access.unwrap().identity.len(), 1);
    }
}
