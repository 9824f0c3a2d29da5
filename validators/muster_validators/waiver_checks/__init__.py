"""Is every waiver of use? Asked behind the layers whose findings it accepts, and told in the layer facts."""
