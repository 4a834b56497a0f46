"""Say what one plan answers to each of the ministry's eleven viewpoints."""
