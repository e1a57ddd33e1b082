"""The one look of pages, reports and sites: colours that mean something, and the style sheet made of them."""
