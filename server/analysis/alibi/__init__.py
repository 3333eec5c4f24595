"""Alibis: for everybody there is a world in which the same is printed and somebody like her answered otherwise."""
