"""Forms of an answer that people type themselves: a template, a filter of jq."""
