"""May this be published? What the other layers leave open: versions, ids, waivers, notes, and that it can be made again."""
