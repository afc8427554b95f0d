//! Where text is put together, line by line.

/// Text being put together: whole lines, the line that is open, and whether a blank line is due.
#[derive(Default)]
pub(super) struct Sink {
    pub(super) done: String,
    pub(super) line: String,
    pub(super) blank_due: bool,
    pub(super) kind: SinkKind,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum SinkKind {
    #[default]
    Page,
    Cell,
    Quotation,
}

impl Sink {
    pub(super) fn end_line(&mut self) {
        let line = self.line.trim();
        if !line.is_empty() {
            if self.blank_due && !self.done.is_empty() {
                self.done.push('\n');
            }
            self.blank_due = false;
            self.done.push_str(line);
            self.done.push('\n');
        }
        self.line.clear();
    }

    pub(super) fn blank(&mut self) {
        self.end_line();
        self.blank_due = true;
    }

    pub(super) fn into_text(mut self) -> String {
        self.end_line();
        self.done.truncate(self.done.trim_end().len());
        self.done
    }
}
