"""Alibis: for everybody there is an assignment in which the same is printed and somebody like her answered otherwise."""
