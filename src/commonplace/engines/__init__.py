"""Values in, values out: no Django, no clock, no network; seeds and times are arguments."""
