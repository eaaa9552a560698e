//! Formats JSON documents, and diffs two of them.

use serde_json::Value;

/// Arrays and objects up to this many characters stay on one line.
const WIDTH: usize = 72;

/// A document, formatted with line breaks.
pub fn pretty(value: &Value) -> String {
    let mut out = String::new();
    write(value, 0, 0, &mut out);
    out
}

/// A document on one line, with spaces.
pub fn one_line(value: &Value) -> String {
    match value {
        Value::Array(list) if !list.is_empty() => {
            format!("[{}]", list.iter().map(one_line).collect::<Vec<_>>().join(", "))
        }
        Value::Object(map) if !map.is_empty() => {
            let member = |(name, value): (&String, &Value)| {
                format!("{}: {}", Value::from(name.as_str()), one_line(value))
            };
            format!("{{ {} }}", map.iter().map(member).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// Writes a value that starts at `column` of its line, at nesting `depth`.
fn write(value: &Value, depth: usize, column: usize, out: &mut String) {
    let short = one_line(value);
    // The document itself and its list of statements always have line breaks.
    if depth > 1 && column + short.chars().count() <= WIDTH || !has_children(value) {
        out.push_str(&short);
        return;
    }
    let inner = "  ".repeat(depth + 1);
    let (open, close) = if value.is_array() { ('[', ']') } else { ('{', '}') };
    out.push(open);
    let mut first = true;
    let mut next = |out: &mut String| {
        out.push_str(if std::mem::take(&mut first) { "\n" } else { ",\n" });
        out.push_str(&inner);
    };
    match value {
        Value::Array(list) => {
            for one in list {
                next(out);
                write(one, depth + 1, inner.len(), out);
            }
        }
        Value::Object(map) => {
            for (name, one) in map {
                next(out);
                let name = format!("{}: ", Value::from(name.as_str()));
                out.push_str(&name);
                write(one, depth + 1, inner.len() + name.chars().count(), out);
            }
        }
        _ => {}
    }
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
    out.push(close);
}

fn has_children(value: &Value) -> bool {
    match value {
        Value::Array(list) => !list.is_empty(),
        Value::Object(map) => !map.is_empty(),
        _ => false,
    }
}

/// How a line changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineChange {
    /// In both texts.
    Unchanged,
    /// Only in the old text.
    Removed,
    /// Only in the new text.
    Added,
}

/// A line of a diff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffLine {
    /// How the line changes.
    pub change: LineChange,
    /// Line number from 1: in the old text if removed, otherwise in the new one.
    pub number: usize,
    /// The line without its line break.
    pub text: String,
}

/// The diff of two texts with one changed section, and up to `context_lines` unchanged lines on
/// each change.
pub fn diff(old: &str, new: &str, context_lines: usize) -> Vec<DiffLine> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    // A trailing comma that is added only because another line follows is not a change.
    let same = |a: &str, b: &str| a.trim_end_matches(',') == b.trim_end_matches(',');
    let head = old.iter().zip(&new).take_while(|(a, b)| same(a, b)).count();
    let rest = old.len().min(new.len()) - head;
    let pairs = old.iter().rev().zip(new.iter().rev());
    let tail = pairs.take(rest).take_while(|(a, b)| same(a, b)).count();
    let piece = |change, lines: &[&str], from: usize, to: usize| {
        let lines = lines.get(from..to).unwrap_or_default().iter().enumerate();
        let line = |(at, text): (usize, &&str)| DiffLine {
            change,
            number: from + at + 1,
            text: (*text).to_owned(),
        };
        lines.map(line).collect::<Vec<_>>()
    };
    let end = new.len() - tail;
    [
        piece(LineChange::Unchanged, &new, head.saturating_sub(context_lines), head),
        piece(LineChange::Removed, &old, head, old.len() - tail),
        piece(LineChange::Added, &new, head, end),
        piece(LineChange::Unchanged, &new, end, (end + context_lines).min(new.len())),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn policy(action: &str) -> Value {
        json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": action, "Resource": "arn:aws:s3:::amzn-s3-demo-bucket/folder/*"}
        ]})
    }

    #[test]
    fn documents_are_formatted_with_line_breaks() {
        let expected = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": \"s3:GetObject\",\n      \"Resource\": \"arn:aws:s3:::amzn-s3-demo-bucket/folder/*\"\n    }\n  ]\n}";
        let text = pretty(&policy("s3:GetObject"));
        assert_eq!(text, expected);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), policy("s3:GetObject"));
        assert_eq!(one_line(&json!({"a": [1, "b"], "c": {}})), r#"{ "a": [1, "b"], "c": {} }"#);
    }

    #[test]
    fn a_diff_shows_the_change_and_its_context() {
        let diff = diff(&pretty(&policy("s3:GetObject")), &pretty(&policy("s3:PutObject")), 1);
        let shown: Vec<(LineChange, usize)> = diff.iter().map(|l| (l.change, l.number)).collect();
        use LineChange::*;
        assert_eq!(shown, [(Unchanged, 5), (Removed, 6), (Added, 6), (Unchanged, 7)]);
        assert!(diff[2].text.contains("PutObject"));
    }

    #[test]
    fn equal_empty_and_repeated_lines_are_diffed() {
        assert!(diff("a", "a", 3).iter().all(|l| l.change == LineChange::Unchanged));
        assert_eq!(diff("", "a\nb", 0).len(), 2);
        assert_eq!(diff("a\na", "a\na\na", 0).len(), 1);
        assert_eq!(diff("a\nb", "", 2).len(), 2);
    }
}
