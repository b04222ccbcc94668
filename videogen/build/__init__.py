"""The graph: plan -> doit tasks, loader, durable state, events, store. The only package that knows every stage."""
