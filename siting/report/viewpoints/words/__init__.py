"""The words of the viewpoints, in Japanese and English."""
