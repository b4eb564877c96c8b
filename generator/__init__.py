"""Sessional: reads reports on human-rights examinations and publishes what was said, by whom, sentence by sentence."""
