"""The portal's project package: settings, URLs and a family of small apps."""
