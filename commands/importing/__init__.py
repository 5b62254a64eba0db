"""Files of a school as commands: what a bundle, a timetable or an old journal says becomes entries."""
