-- What an editor arranges in an open issue by hand (order, what waits for a later issue, lines of the calendar, the
-- subject) outlives assemblies, so it stands beside what they fill in.
ALTER TABLE issue ADD COLUMN arrangement TEXT NOT NULL DEFAULT '{}';
