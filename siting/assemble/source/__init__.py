"""What arises where and what comes from overseas, at which cost."""
