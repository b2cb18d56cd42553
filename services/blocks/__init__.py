"""Blocks of a service: its channels, one kind of block each, and their opening hours."""

from services.blocks.channels import ChannelsBlock
from services.blocks.hours import HoursBlock, HoursValue
from services.blocks.parts import ChannelBlock, ChannelValue, SignIn

__all__ = [
    "ChannelBlock",
    "ChannelValue",
    "ChannelsBlock",
    "HoursBlock",
    "HoursValue",
    "SignIn",
]
