"""Does a service of this kind, ours or another, do what existing clients rely on (cadsus-services.md, section 9)?

Asked from outside, over TLS, with the standard library's HTTP: `calling` speaks, `message` writes questions,
`checks` judges answers. No number is sent but those that the caller names, or synthetic ones.
"""
