"""Scripts written by a language model, where a project asks for it: what is asked, who is asked, and what of the
answer is believed.

A document is data and never an instruction; an answer is checked before it becomes scenes; whatever does not pass
leaves the rules' script. Only `ask` reaches out of the machine.
"""
