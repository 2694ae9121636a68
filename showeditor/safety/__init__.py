"""check(plan) -> Findings: one rule per module, rule packs as data, everything decided in continuous time.

Fail closed: a rule that raises or lacks data is a Finding that blocks. Rules are not plug-ins.
"""
