"""Side by side: how fast and how well this project and other tools solve the same studies."""
