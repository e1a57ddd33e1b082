"""What the register holds, said once: its words, the shape of its objects, paths into them, two made one."""
