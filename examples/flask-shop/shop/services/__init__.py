"""What the shop does, apart from how it is shown."""
